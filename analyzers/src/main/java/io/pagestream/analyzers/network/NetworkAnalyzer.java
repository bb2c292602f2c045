package io.pagestream.analyzers.network;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import java.util.List;

/**
 * Finds what was sent and received over networks, at any alignment:
 *
 * <ul>
 *   <li>{@code packet}: IPv4 and IPv6 with TCP, UDP or ICMP, validated as {@link PacketRule}
 *       describes, and ARP. A packet starts with its Ethernet header if that is in memory. The
 *       attribute {@code bytes} contains at most {@link PacketReport#SNAP_BYTES} of its bytes.
 *   <li>{@code network-flow}: each of these packets of TCP or UDP once more, with a value that is
 *       the same for both directions, so that the store's histograms count the packets of a flow.
 *   <li>{@code dns-message}: see {@link DnsRule}.
 *   <li>{@code tls-client-hello}: see {@link TlsRule}.
 * </ul>
 */
public final class NetworkAnalyzer implements Analyzer {
  private static final String V6_AFTER_ETHERNET = "\\x86\\xdd[\\x60-\\x6f]";

  private static final int LOOK_BEHIND = LinkHeader.MAX_BYTES;
  private static final int LOOK_AHEAD =
      LinkHeader.MAX_BYTES + Math.max(PacketRule.MAX_BYTES, TlsRule.MAX_BYTES);

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "network",
              "Finds network packets with valid checksums, DNS messages and TLS client hellos.",
              List.of(
                  FindingKind.proven(PacketReport.PACKET),
                  FindingKind.proven(PacketReport.FLOW),
                  FindingKind.checked(DnsRule.KIND),
                  FindingKind.proven(TlsRule.KIND)),
              LOOK_BEHIND,
              LOOK_AHEAD,
              List.of())
          .searching(
              new Patterns(
                  List.of(TlsRule.PATTERN, ArpRule.PATTERN, V6_AFTER_ETHERNET),
                  0,
                  LinkHeader.MAX_BYTES + ArpRule.MATCH_BYTES));

  private final NetworkBytes bytes = new NetworkBytes();
  private final PacketReport report = new PacketReport(bytes);
  private final PacketRule packets = new PacketRule(bytes, report);
  private final ArpRule arp = new ArpRule(bytes, report);
  private final DnsRule dns = new DnsRule(bytes, report);
  private final TlsRule tls = new TlsRule(bytes, report);
  private final NetworkFilter.Candidates candidates =
      new NetworkFilter.Candidates() {
        @Override
        public void ipv4(int offset) {
          packets.ipv4(offset);
        }

        @Override
        public void ipv6(int offset) {
          packets.ipv6(offset);
        }

        @Override
        public void question(int offset) {
          dns.check(offset);
        }
      };

  /** An instance for one thread; it has no options. */
  public NetworkAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    int from = bytes.copy(window, LOOK_BEHIND, LOOK_AHEAD);
    report.restart(findings, from);
    packets.restart();
    NetworkFilter.filter(
        bytes, bytes.ownStart(), bytes.ownEnd() + DnsRule.QUESTION_BYTES, candidates);
    for (int i = 0; i < matches.count(); i++) {
      int end = matches.end(i) - from;
      switch (matches.pattern(i)) {
        case 0 -> tls.check(end - TlsRule.MATCH_BYTES);
        case 1 -> arp.check(end - ArpRule.MATCH_BYTES);
        default -> packets.ipv6(end - 1);
      }
    }
    report.end();
  }
}
