package io.pagestream.analyzers.network;

import org.jspecify.annotations.Nullable;

/** The types of DNS records (IANA's registry) that occur in practice. */
final class DnsType {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int PTR = 12;
  static final int AAAA = 28;
  static final int OPT = 41;

  private DnsType() {}

  /** A type's name; null if it does not occur in practice. */
  static @Nullable String name(int type) {
    return switch (type) {
      case A -> "A";
      case NS -> "NS";
      case CNAME -> "CNAME";
      case 6 -> "SOA";
      case PTR -> "PTR";
      case 13 -> "HINFO";
      case 15 -> "MX";
      case 16 -> "TXT";
      case AAAA -> "AAAA";
      case 29 -> "LOC";
      case 33 -> "SRV";
      case 35 -> "NAPTR";
      case 37 -> "CERT";
      case 39 -> "DNAME";
      case OPT -> "OPT";
      case 43 -> "DS";
      case 44 -> "SSHFP";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 51 -> "NSEC3PARAM";
      case 52 -> "TLSA";
      case 59 -> "CDS";
      case 60 -> "CDNSKEY";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 99 -> "SPF";
      case 249 -> "TKEY";
      case 250 -> "TSIG";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 255 -> "ANY";
      case 256 -> "URI";
      case 257 -> "CAA";
      default -> null;
    };
  }
}
