package io.pagestream.analyzers.network;

import org.jspecify.annotations.Nullable;

/** The protocols over IP whose packets are recognized, by their number (IANA). */
enum Protocol {
  ICMP(1, 8, 2),
  TCP(6, 20, 16),
  UDP(17, 8, 6),
  ICMPV6(58, 8, 2);

  private final int number;
  private final int headerBytes;
  private final int checksumAt;

  Protocol(int number, int headerBytes, int checksumAt) {
    this.number = number;
    this.headerBytes = headerBytes;
    this.checksumAt = checksumAt;
  }

  /** The protocol with a number in IPv4; null if there is none. */
  static @Nullable Protocol ofV4(int number) {
    return switch (number) {
      case 1 -> ICMP;
      case 6 -> TCP;
      case 17 -> UDP;
      default -> null;
    };
  }

  /** The protocol with a number in IPv6; null if there is none. */
  static @Nullable Protocol ofV6(int number) {
    return switch (number) {
      case 6 -> TCP;
      case 17 -> UDP;
      case 58 -> ICMPV6;
      default -> null;
    };
  }

  /** The name as it is written. */
  String text() {
    return this == ICMPV6 ? "ICMPv6" : name();
  }

  int number() {
    return number;
  }

  /** Length of the shortest header. */
  int headerBytes() {
    return headerBytes;
  }

  /** Offset of the checksum in the header. */
  int checksumAt() {
    return checksumAt;
  }

  /** Whether packets have ports. */
  boolean hasPorts() {
    return this == TCP || this == UDP;
  }

  /** Whether the checksum covers a pseudo header. */
  boolean hasPseudoHeader() {
    return this != ICMP;
  }
}
