package io.pagestream.analyzers.network;

import java.util.Map;
import java.util.TreeMap;

/**
 * Finds ARP for IPv4 over Ethernet (RFC 826), which has no checksum: the address of the sender must
 * be that of the Ethernet header.
 */
final class ArpRule {
  /** EtherType, hardware type, protocol type, lengths of addresses, operation. */
  static final String PATTERN = "\\x08\\x06\\x00\\x01\\x08\\x00\\x06\\x04\\x00[\\x01\\x02]";

  /** Length of a match. */
  static final int MATCH_BYTES = 10;

  private static final int ARP_BYTES = 28;

  private final NetworkBytes bytes;
  private final PacketReport report;

  ArpRule(NetworkBytes bytes, PacketReport report) {
    this.bytes = bytes;
    this.report = report;
  }

  /** Reports the packet whose EtherType is at an offset, if there is one. */
  void check(int etherType) {
    int arp = etherType + 2;
    if (!bytes.has(arp, ARP_BYTES)) {
      return;
    }
    LinkHeader link = LinkHeader.before(bytes, arp, LinkHeader.ARP);
    int start = arp - link.length();
    if (!link.isPresent() || !bytes.owns(start)) {
      return;
    }
    int sender = arp + 8;
    int target = arp + 18;
    if (!bytes.equal(start + 6, sender, 6)
        || bytes.isZero(sender, 6)
        || !isSender(sender + 6)
        || !isHost(target + 6)) {
      return;
    }
    boolean asks = bytes.u16(arp + 6) == 1;
    String from = IpText.of(bytes, sender + 6, 4);
    String to = IpText.of(bytes, target + 6, 4);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("source", from);
    attributes.put("destination", to);
    String value =
        asks
            ? "ARP who-has " + to + " tell " + from
            : "ARP reply " + from + " is-at " + bytes.mac(sender);
    report.arp(start, link, link.length() + ARP_BYTES, value, attributes);
  }

  /** A host, or none: a probe does not claim the address yet (RFC 5227). */
  private boolean isSender(int address) {
    return isHost(address) || bytes.isZero(address, 4);
  }

  private boolean isHost(int address) {
    int first = bytes.u8(address);
    return first != 0 && first < 224;
  }
}
