package io.pagestream.analyzers.network;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.schemas.avro.Confidence;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reports packets and the flows to which they belong. */
final class PacketReport {
  static final String PACKET = "packet";
  static final String FLOW = "network-flow";

  /**
   * Most bytes of a packet that a finding contains: an Ethernet frame of the usual size with a tag
   * has 1,518. The rest of a longer packet is verified, but left out.
   */
  static final int SNAP_BYTES = 2048;

  private final NetworkBytes bytes;
  private final PageBudget budget = new PageBudget();
  private @Nullable FindingSink findings;
  private int from;

  PacketReport(NetworkBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Begins a window.
   *
   * @param offset offset in the window of the first of the bytes
   */
  void restart(FindingSink sink, int offset) {
    findings = sink;
    from = offset;
    budget.restart(bytes.page(bytes.limit()) + 1);
  }

  /** Forgets the window. */
  void end() {
    findings = null;
  }

  /**
   * Reports an IP packet.
   *
   * @param transport length of the transport header; 0 if it is not valid
   * @param cut whether the packet continues beyond the bytes that may be used
   */
  void packet(IpHeader ip, LinkHeader link, int transport, Verified verified, boolean cut) {
    Protocol protocol = ip.protocol();
    String source = IpText.of(bytes, ip.source(), ip.addressLength());
    String destination = IpText.of(bytes, ip.destination(), ip.addressLength());
    int header = ip.payload();
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("protocol", protocol.name().toLowerCase(Locale.ROOT));
    attributes.put("source", source);
    attributes.put("destination", destination);
    attributes.put("hop-limit", Integer.toString(ip.hopLimit()));
    attributes.put("checksum", verified.word());
    attributes.put("payload-length", Integer.toString(ip.payloadLength() - transport));
    if (cut) {
      attributes.put("cut", "true");
    }
    int length =
        verified == Verified.ALL ? ip.totalLength() : ip.length() + transport; // what is certain
    String value;
    Confidence confidence = confidence(verified, link);
    int start = ip.at() - link.length();
    if (transport == 0) {
      value = protocol.text() + " " + source + " > " + destination;
    } else if (protocol.hasPorts()) {
      int sourcePort = bytes.u16(header);
      int destinationPort = bytes.u16(header + 2);
      attributes.put("source-port", Integer.toString(sourcePort));
      attributes.put("destination-port", Integer.toString(destinationPort));
      if (protocol == Protocol.TCP) {
        attributes.put("tcp-flags", TransportHeader.tcpFlags(bytes.u8(header + 13)));
      }
      String one = IpText.withPort(source, sourcePort);
      String other = IpText.withPort(destination, destinationPort);
      value = protocol.text() + " " + one + " > " + other;
      found(FLOW, start, link.length() + length, flow(ip, one, other), Map.of(), confidence);
    } else {
      String type = TransportHeader.icmp(protocol, bytes.u8(header));
      attributes.put("icmp-type", Integer.toString(bytes.u8(header)));
      attributes.put("icmp-code", Integer.toString(bytes.u8(header + 1)));
      value = protocol.text() + " " + source + " > " + destination + " " + type;
    }
    frame(start, link, link.length() + length, link.length() + ip.totalLength(), attributes);
    found(PACKET, start, link.length() + length, value, attributes, confidence);
  }

  private static Confidence confidence(Verified verified, LinkHeader link) {
    return switch (verified) {
      case ALL -> Confidence.HIGH;
      case PSEUDO_HEADER -> Confidence.MEDIUM;
      case IP_HEADER -> link.isPresent() ? Confidence.MEDIUM : Confidence.LOW;
    };
  }

  /** The same text for both directions: the lower address first, or the lower port. */
  private String flow(IpHeader ip, String source, String destination) {
    int order = 0;
    for (int i = 0; i < ip.addressLength() && order == 0; i++) {
      order = bytes.u8(ip.source() + i) - bytes.u8(ip.destination() + i);
    }
    if (order == 0) {
      order = bytes.u16(ip.payload()) - bytes.u16(ip.payload() + 2);
    }
    return ip.protocol().text()
        + " "
        + (order <= 0 ? source + " - " + destination : destination + " - " + source);
  }

  /** Reports an ARP packet that starts with its Ethernet header. */
  void arp(int start, LinkHeader link, int length, String value, Map<String, String> attributes) {
    attributes.put("protocol", "arp");
    frame(start, link, length, length, attributes);
    found(PACKET, start, length, value, attributes, Confidence.HIGH);
  }

  /** Adds the attributes of all packets. */
  private void frame(
      int start, LinkHeader link, int length, int original, Map<String, String> attributes) {
    attributes.put("link", link.isPresent() ? "ethernet" : "none");
    if (link.isPresent()) {
      attributes.put("destination-mac", bytes.mac(start));
      attributes.put("source-mac", bytes.mac(start + 6));
    }
    if (link.vlan() >= 0) {
      attributes.put("vlan", Integer.toString(link.vlan()));
    }
    attributes.put("original-length", Integer.toString(original));
    int shown = Math.min(length, SNAP_BYTES);
    if (budget.spend(bytes.page(start), shown)) {
      attributes.put("bytes", bytes.hex(start, shown));
    }
  }

  /** Reports an artifact; offsets count from the first of the bytes. */
  void found(
      String kind,
      int start,
      int length,
      String value,
      Map<String, String> attributes,
      Confidence confidence) {
    if (findings != null) {
      findings.found(kind, from + start, length, value, Encoding.BINARY, attributes, confidence);
    }
  }
}
