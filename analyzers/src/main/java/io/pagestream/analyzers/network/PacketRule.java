package io.pagestream.analyzers.network;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is a packet. All fields of the IP header and of the transport header must
 * be valid, and in addition one of these must hold:
 *
 * <ul>
 *   <li>The transport checksum is correct ({@link Verified#ALL}).
 *   <li>The transport checksum is that of the pseudo header alone ({@link Verified#PSEUDO_HEADER}).
 *   <li>The checksum of an IPv4 header is correct ({@link Verified#IP_HEADER}).
 * </ul>
 *
 * <p>Of a packet whose transport header is not valid, the IPv4 header alone is reported if its
 * checksum is correct and the packet is not longer than {@value #MAX_LONE_HEADER}: the payload is
 * elsewhere in memory, or what contains the packet is compressed.
 *
 * <p>In the second case, an Ethernet header must precede an IP header without a valid checksum of
 * its own: IPv6, or IPv4 with a checksum that the network card will compute as well. In the first
 * case, the same applies to IPv4.
 */
final class PacketRule {
  /** Longest packet that is verified: jumbo frames have 9000 bytes and more, few over 9216. */
  static final int MAX_BYTES = 9216;

  /** Longest packet of which the header alone is reported: the usual MTU of Ethernet. */
  static final int MAX_LONE_HEADER = 1500;

  private final NetworkBytes bytes;
  private final InternetChecksum checksum;
  private final PacketReport report;

  PacketRule(NetworkBytes bytes, PacketReport report) {
    this.bytes = bytes;
    this.report = report;
    this.checksum = new InternetChecksum(bytes);
  }

  /** Begins a window. */
  void restart() {
    checksum.restart();
  }

  /** Reports the packet at an offset if there is one. */
  void ipv4(int at) {
    check(IpHeader.v4(bytes, checksum, at), LinkHeader.IPV4);
  }

  /** Reports the packet at an offset if there is one. */
  void ipv6(int at) {
    check(IpHeader.v6(bytes, at), LinkHeader.IPV6);
  }

  private void check(@Nullable IpHeader ip, int etherType) {
    if (ip == null) {
      return;
    }
    LinkHeader link = LinkHeader.before(bytes, ip.at(), etherType);
    if (!bytes.owns(ip.at() - link.length())) {
      return;
    }
    int transport = TransportHeader.length(bytes, ip);
    Verified verified = transport < 0 ? null : verified(ip, link);
    if (verified != null) {
      report.packet(ip, link, transport, verified, !isVisible(ip));
    } else if (ip.isVerified() && ip.totalLength() <= MAX_LONE_HEADER) {
      report.packet(ip, link, 0, Verified.IP_HEADER, !isVisible(ip));
    }
  }

  private @Nullable Verified verified(IpHeader ip, LinkHeader link) {
    int field = bytes.u16(ip.payload() + ip.protocol().checksumAt());
    boolean isAbsent = field == 0 && ip.protocol() == Protocol.UDP; // RFC 768: not computed
    long pseudo = ip.protocol().hasPseudoHeader() ? pseudoHeader(ip) : 0;
    if (!isAbsent && isVisible(ip)) {
      int payload = checksum.sum(ip.payload(), ip.payload() + ip.payloadLength());
      boolean sender = ip.version() == 6 || ip.isVerified() || (link.isPresent() && pseudo != 0);
      if (sender && InternetChecksum.fold(pseudo + payload) == 0xffff) {
        return Verified.ALL;
      }
    }
    if (!ip.isVerified() && !link.isPresent()) {
      return null;
    }
    if (ip.protocol().hasPseudoHeader() && field == InternetChecksum.fold(pseudo)) {
      return Verified.PSEUDO_HEADER;
    }
    return ip.isVerified() && hasPlainPointer(ip) ? Verified.IP_HEADER : null;
  }

  /** Whether an urgent pointer is used if it is there; some senders leave remains in it. */
  private boolean hasPlainPointer(IpHeader ip) {
    return ip.protocol() != Protocol.TCP || TransportHeader.hasPlainPointer(bytes, ip.payload());
  }

  /** RFC 9293, section 3.1; RFC 8200, section 8.1. */
  private long pseudoHeader(IpHeader ip) {
    long addresses = checksum.sum(ip.source(), ip.source() + 2 * ip.addressLength());
    return addresses + ip.protocol().number() + ip.payloadLength();
  }

  private boolean isVisible(IpHeader ip) {
    return ip.totalLength() <= MAX_BYTES && bytes.has(ip.at(), ip.totalLength());
  }
}
