package io.pagestream.analyzers.network;

import java.util.ArrayList;
import java.util.List;

/** Reads the records after the questions of a DNS message (RFC 1035, section 4.1.3). */
final class DnsRecords {
  private static final int FIXED_BYTES = 10;
  private static final int SVCB = 64;
  private static final int HTTPS = 65;

  private final NetworkBytes bytes;

  DnsRecords(NetworkBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks the form of records.
   *
   * @param at offset of the first
   * @param count number of records
   * @param limit offset after the last visible byte
   * @return offset after them, {@link DnsName#CUT} or {@link DnsName#INVALID}
   */
  int check(int message, int at, int count, int limit) {
    int next = at;
    for (int i = 0; i < count; i++) {
      int fixed = DnsName.read(bytes, message, next, limit, null);
      if (fixed < 0) {
        return fixed;
      }
      if (fixed + FIXED_BYTES > limit) {
        return DnsName.CUT;
      }
      int type = bytes.u16(fixed);
      int data = fixed + FIXED_BYTES;
      int length = bytes.u16(fixed + 8);
      if (!isPossible(type, bytes.u16(fixed + 2), length)) {
        return DnsName.INVALID;
      }
      if (data + length > limit) {
        return DnsName.CUT;
      }
      if (isName(type)
          && DnsName.read(bytes, message, data, data + length, null) != data + length) {
        return DnsName.INVALID;
      }
      next = data + length;
    }
    return next;
  }

  /** A known type of a possible length, and class IN; the class of OPT is a size (RFC 6891). */
  private static boolean isPossible(int type, int recordClass, int length) {
    if (DnsType.name(type) == null
        || length > DnsRule.MAX_BYTES
        || (type != DnsType.OPT && (recordClass & 0x7fff) != 1 && recordClass != 255)) {
      return false;
    }
    return switch (type) {
      case DnsType.A -> length == 4 || length == 0; // 0: in dynamic updates (RFC 2136)
      case DnsType.AAAA -> length == 16 || length == 0;
      case DnsType.NS, DnsType.CNAME, DnsType.PTR -> length > 0;
      case SVCB, HTTPS -> length >= 3;
      default -> true;
    };
  }

  private static boolean isName(int type) {
    return type == DnsType.NS || type == DnsType.CNAME || type == DnsType.PTR;
  }

  /** The data of records that {@link #check} accepted: addresses and names, or else the type. */
  List<String> describe(int message, int at, int count) {
    List<String> texts = new ArrayList<>();
    int next = at;
    for (int i = 0; i < count; i++) {
      int fixed = DnsName.read(bytes, message, next, bytes.limit(), null);
      int type = bytes.u16(fixed);
      int data = fixed + FIXED_BYTES;
      int length = bytes.u16(fixed + 8);
      if (length > 0 && (type == DnsType.A || type == DnsType.AAAA)) {
        texts.add(IpText.of(bytes, data, length));
      } else if (isName(type)) {
        StringBuilder name = new StringBuilder();
        DnsName.read(bytes, message, data, data + length, name);
        texts.add(DnsType.name(type) + " " + name);
      } else {
        texts.add(String.valueOf(DnsType.name(type)));
      }
      next = data + length;
    }
    return texts;
  }
}
