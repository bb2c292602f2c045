package io.pagestream.analyzers.network;

import org.jspecify.annotations.Nullable;

/**
 * The header of an IP packet whose fields are valid.
 *
 * @param version 4 or 6
 * @param at offset of its first byte
 * @param length its length with extension headers
 * @param protocol protocol of its payload, one of {@link Protocol}
 * @param payloadLength bytes after it, as it declares
 * @param hopLimit hop limit or time to live
 * @param isVerified whether a checksum of the header itself is correct; an IPv6 header has none
 */
record IpHeader(
    int version,
    int at,
    int length,
    Protocol protocol,
    int payloadLength,
    int hopLimit,
    boolean isVerified) {
  private static final int V4_BYTES = 20;
  private static final int V6_BYTES = 40;

  /** More extension headers than any sender uses; this bounds the work. */
  private static final int MAX_EXTENSIONS = 4;

  private static final int HOP_BY_HOP = 0;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION_OPTIONS = 60;

  /**
   * The IPv4 header at an offset that the filter passed: without options, not a fragment, with a
   * valid checksum, or one of zero that the network card will compute, and with addresses that a
   * packet can have; null if it is not one.
   */
  static @Nullable IpHeader v4(NetworkBytes bytes, InternetChecksum checksum, int at) {
    if (!bytes.has(at, V4_BYTES) || bytes.u8(at + 8) == 0) {
      return null;
    }
    Protocol protocol = Protocol.ofV4(bytes.u8(at + 9));
    int length = bytes.u16(at + 2);
    if (protocol == null || length < V4_BYTES + protocol.headerBytes()) {
      return null;
    }
    boolean verified = checksum.sum(at, at + V4_BYTES) == 0xffff;
    if ((!verified && bytes.u16(at + 10) != 0)
        || !isSourceV4(bytes, at + 12, protocol)
        || !isDestinationV4(bytes, at + 16)) {
      return null;
    }
    return new IpHeader(4, at, V4_BYTES, protocol, length - V4_BYTES, bytes.u8(at + 8), verified);
  }

  /** One host; 0.0.0.0 is the address of a DHCP client without one (RFC 2131). */
  private static boolean isSourceV4(NetworkBytes bytes, int at, Protocol protocol) {
    int first = bytes.u8(at);
    return first == 0 ? protocol == Protocol.UDP && bytes.isZero(at, 4) : first < 224;
  }

  /** A host, a multicast group (224/4) or all hosts. */
  private static boolean isDestinationV4(NetworkBytes bytes, int at) {
    int first = bytes.u8(at);
    return (first != 0 && first < 240) || bytes.u32(at) == 0xffff_ffffL;
  }

  /**
   * The IPv6 header at an offset, with extension headers that a complete packet can have; null if
   * it is not one. It has no checksum.
   */
  static @Nullable IpHeader v6(NetworkBytes bytes, int at) {
    if (!bytes.has(at, V6_BYTES) || bytes.u8(at) >>> 4 != 6 || bytes.u8(at + 7) == 0) {
      return null;
    }
    int payload = bytes.u16(at + 4);
    int next = bytes.u8(at + 6);
    int length = V6_BYTES;
    for (int n = 0; isExtension(next); n++) {
      int extension = at + length;
      if (n == MAX_EXTENSIONS
          || (next == HOP_BY_HOP && n > 0)
          || !bytes.has(extension, 8)
          || (next == FRAGMENT && (bytes.u16(extension + 2) & 0xfff9) != 0)) {
        return null;
      }
      length += next == FRAGMENT ? 8 : 8 * (bytes.u8(extension + 1) + 1);
      next = bytes.u8(extension);
    }
    Protocol protocol = Protocol.ofV6(next);
    int rest = V6_BYTES + payload - length;
    if (protocol == null
        || rest < protocol.headerBytes()
        || !isSourceV6(bytes, at + 8, protocol)
        || !isDestinationV6(bytes, at + 24)) {
      return null;
    }
    return new IpHeader(6, at, length, protocol, rest, bytes.u8(at + 7), false);
  }

  private static boolean isExtension(int next) {
    return next == HOP_BY_HOP || next == FRAGMENT || next == DESTINATION_OPTIONS;
  }

  /** One host; {@code ::} is the address of a host that does not have one yet (RFC 4861). */
  private static boolean isSourceV6(NetworkBytes bytes, int at, Protocol protocol) {
    return isHostV6(bytes, at) || (protocol == Protocol.ICMPV6 && bytes.isZero(at, 16));
  }

  /** A host or a multicast group: flags and scope have no undefined bits (RFC 4291, 2.7). */
  private static boolean isDestinationV6(NetworkBytes bytes, int at) {
    return bytes.u8(at) == 0xff
        ? (bytes.u8(at + 1) & 0x80) == 0 && (bytes.u8(at + 1) & 0xf) != 0
        : isHostV6(bytes, at);
  }

  /** 2000::/3, fc00::/7, fe80::/64, ::1 or 64:ff9b::/96 (RFC 4291, 4193, 6052). */
  private static boolean isHostV6(NetworkBytes bytes, int at) {
    int first = bytes.u8(at);
    return first >>> 5 == 1
        || first >>> 1 == 0x7e
        || (bytes.u16(at) == 0xfe80 && bytes.isZero(at + 2, 6))
        || (bytes.isZero(at, 15) && bytes.u8(at + 15) == 1)
        || (bytes.u32(at) == 0x64ff9bL && bytes.isZero(at + 4, 8));
  }

  /** Offset of the payload. */
  int payload() {
    return at + length;
  }

  /** Length of the packet, as it declares. */
  int totalLength() {
    return length + payloadLength;
  }

  /** Offset of the source's address. */
  int source() {
    return at + (version == 4 ? 12 : 8);
  }

  /** Offset of the destination's address. */
  int destination() {
    return at + (version == 4 ? 16 : 24);
  }

  /** Length of an address. */
  int addressLength() {
    return version == 4 ? 4 : 16;
  }
}
