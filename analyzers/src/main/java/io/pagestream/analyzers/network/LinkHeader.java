package io.pagestream.analyzers.network;

/**
 * The Ethernet header before a packet, if there is one (IEEE 802.3, with at most one IEEE 802.1Q
 * tag).
 *
 * @param length 14 or 18 bytes; 0 without a header
 * @param vlan identifier in the tag; -1 without a tag
 */
record LinkHeader(int length, int vlan) {
  /** Length of the longest. */
  static final int MAX_BYTES = 18;

  /** No header. */
  static final LinkHeader NONE = new LinkHeader(0, -1);

  /** EtherType of IPv4. */
  static final int IPV4 = 0x0800;

  /** EtherType of ARP. */
  static final int ARP = 0x0806;

  /** EtherType of IPv6. */
  static final int IPV6 = 0x86dd;

  private static final LinkHeader PLAIN = new LinkHeader(14, -1);
  private static final int TAG = 0x8100;

  /**
   * The header that ends where a packet starts: its type is as expected, and the address of its
   * source is that of one station (the group bit is not set). GRE (RFC 2784) and the captures of
   * Linux's "any" device have the type after two zero bytes, so an address that ends in two is not
   * accepted, except for that of the loopback interface.
   */
  static LinkHeader before(NetworkBytes bytes, int packet, int etherType) {
    if (packet < 14 || bytes.u16(packet - 2) != etherType) {
      return NONE;
    }
    if (packet >= 18 && bytes.u16(packet - 6) == TAG && isStation(bytes, packet - 12)) {
      return new LinkHeader(18, bytes.u16(packet - 4) & 0xfff);
    }
    return isStation(bytes, packet - 8) ? PLAIN : NONE;
  }

  private static boolean isStation(NetworkBytes bytes, int source) {
    return (bytes.u8(source) & 1) == 0
        && (bytes.u16(source + 4) != 0 || bytes.isZero(source - 6, 12));
  }

  /** Whether there is a header. */
  boolean isPresent() {
    return length > 0;
  }
}
