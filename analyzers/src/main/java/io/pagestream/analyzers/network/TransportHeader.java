package io.pagestream.analyzers.network;

/** Checks the headers of TCP, UDP, ICMP and ICMPv6. */
final class TransportHeader {
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;
  private static final int URG = 32;
  private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

  private TransportHeader() {}

  /** Length of the valid header of a packet; -1 if it is not valid or not visible. */
  static int length(NetworkBytes bytes, IpHeader ip) {
    int at = ip.payload();
    if (!bytes.has(at, ip.protocol().headerBytes())) {
      return -1;
    }
    return switch (ip.protocol()) {
      case TCP -> tcp(bytes, at, ip.payloadLength());
      case UDP -> hasPorts(bytes, at) && bytes.u16(at + 4) == ip.payloadLength() ? 8 : -1;
      case ICMP -> isIcmp(bytes.u8(at), bytes.u8(at + 1)) ? 8 : -1;
      case ICMPV6 -> isIcmpV6(bytes.u8(at), bytes.u8(at + 1)) ? 8 : -1;
    };
  }

  /** RFC 9293, section 3.1: three reserved bits are zero; every segment but the first has ACK. */
  private static int tcp(NetworkBytes bytes, int at, int payload) {
    int length = (bytes.u8(at + 12) >>> 2) & 0x3c;
    int flags = bytes.u8(at + 13);
    boolean valid =
        hasPorts(bytes, at)
            && length >= 20
            && length <= payload
            && bytes.has(at, length)
            && (bytes.u8(at + 12) & 0xe) == 0
            && (flags & (SYN | RST | ACK)) != 0
            && Integer.bitCount(flags & (FIN | SYN | RST)) <= 1;
    return valid ? length : -1;
  }

  /** Whether the urgent pointer of a TCP segment is zero unless the flag for it is set. */
  static boolean hasPlainPointer(NetworkBytes bytes, int at) {
    return (bytes.u8(at + 13) & URG) != 0 || bytes.u16(at + 18) == 0;
  }

  private static boolean hasPorts(NetworkBytes bytes, int at) {
    return bytes.u16(at) != 0 && bytes.u16(at + 2) != 0;
  }

  /** The types in use of RFC 792, RFC 1256 and RFC 6918, and the number of their codes. */
  private static boolean isIcmp(int type, int code) {
    return switch (type) {
      case 0, 4, 8, 9, 10, 13, 14 -> code == 0;
      case 3 -> code <= 15;
      case 5 -> code <= 3;
      case 11 -> code <= 1;
      case 12 -> code <= 2;
      default -> false;
    };
  }

  /** The types of RFC 4443, RFC 2710, RFC 4861 and RFC 3810. */
  private static boolean isIcmpV6(int type, int code) {
    return switch (type) {
      case 1 -> code <= 8;
      case 3 -> code <= 1;
      case 4 -> code <= 10;
      case 2, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 143 -> code == 0;
      default -> false;
    };
  }

  /** A message's type in words. */
  static String icmp(Protocol protocol, int type) {
    if (protocol == Protocol.ICMP) {
      return switch (type) {
        case 0 -> "echo-reply";
        case 3 -> "unreachable";
        case 4 -> "source-quench";
        case 5 -> "redirect";
        case 8 -> "echo-request";
        case 9 -> "router-advertisement";
        case 10 -> "router-solicitation";
        case 11 -> "time-exceeded";
        case 12 -> "parameter-problem";
        case 13 -> "timestamp";
        default -> "timestamp-reply";
      };
    }
    return switch (type) {
      case 1 -> "unreachable";
      case 2 -> "packet-too-big";
      case 3 -> "time-exceeded";
      case 4 -> "parameter-problem";
      case 128 -> "echo-request";
      case 129 -> "echo-reply";
      case 130 -> "multicast-listener-query";
      case 131, 143 -> "multicast-listener-report";
      case 132 -> "multicast-listener-done";
      case 133 -> "router-solicitation";
      case 134 -> "router-advertisement";
      case 135 -> "neighbor-solicitation";
      case 136 -> "neighbor-advertisement";
      default -> "redirect";
    };
  }

  /** The flags of a TCP segment, separated by commas. */
  static String tcpFlags(int flags) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < FLAGS.length; i++) {
      if ((flags & (1 << i)) != 0) {
        names.append(names.isEmpty() ? "" : ",").append(FLAGS[i]);
      }
    }
    return names.toString();
  }
}
