package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.Recorded;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.finding.EvidenceKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Describes sockets: those of processes, and TCP connections without a process, which are only in
 * the kernel's hash table (Linux, include/net/inet_hashtables.h).
 */
final class Sockets {
  private static final String SOCK = "sock";
  private static final String COMMON = "sock_common";
  private static final int MOST_BUCKETS = 1 << 22;
  private static final int MOST_SOCKETS = 1 << 18;
  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int TCP = 6;
  private static final int LONGEST_PATH = 108;

  /** States of TCP (include/net/tcp_states.h), from 1. */
  private static final List<String> STATES =
      List.of(
          "established",
          "syn-sent",
          "syn-received",
          "fin-wait-1",
          "fin-wait-2",
          "time-wait",
          "close",
          "close-wait",
          "last-ack",
          "listen",
          "closing",
          "new-syn-received");

  private final LinuxKernel kernel;
  private final VirtualMemory memory;
  private final Layouts layouts;

  Sockets(LinuxKernel kernel) {
    this.kernel = kernel;
    this.memory = kernel.memory();
    this.layouts = kernel.requireLayouts();
  }

  /** Virtual addresses of the {@code sock_common} of all TCP connections that are not listening. */
  Recorded<Long> connections() {
    List<Long> found = new ArrayList<>();
    try {
      OptionalLong table = kernel.requireSymbols().find("tcp_hashinfo");
      if (table.isEmpty()) {
        return Recorded.none("the kernel has no symbol tcp_hashinfo");
      }
      long buckets = memory.u64(table.getAsLong() + layouts.offset("inet_hashinfo", "ehash"));
      long mask = memory.u32(table.getAsLong() + layouts.offset("inet_hashinfo", "ehash_mask"));
      if (mask >= MOST_BUCKETS) {
        throw new DamagedRecordException("the table of connections is damaged");
      }
      int size = layouts.size("inet_ehash_bucket");
      long chainAt = layouts.offset("inet_ehash_bucket", "chain");
      long nodeAt = layouts.offset(COMMON, "skc_nulls_node");
      for (long i = 0; i <= mask; i++) {
        long node = memory.u64(buckets + i * size + chainAt);
        while ((node & 1) == 0) { // the end of a chain is odd
          if (found.size() == MOST_SOCKETS) {
            throw new DamagedRecordException("the table of connections does not end");
          }
          found.add(node - nodeAt);
          node = memory.u64(node);
        }
      }
      return new Recorded<>(found, Optional.empty());
    } catch (DamagedRecordException e) {
      return new Recorded<>(found, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Whether a socket is of a family that is described. */
  boolean isKnown(long sock) {
    int family = family(sock);
    return family == UNIX || family == INET || family == INET6;
  }

  /**
   * A socket of a process.
   *
   * @param owner pid, process and descriptor
   */
  Evidence describe(long sock, long inode, Map<String, String> owner) {
    Map<String, String> values = new LinkedHashMap<>();
    int family = family(sock);
    if (family == UNIX) {
      values.put("protocol", "unix");
      values.put("path", unixPath(sock));
    } else {
      int protocol = memory.u8(sock + layouts.offset(SOCK, "sk_protocol"));
      addresses(sock, protocol, values);
    }
    values.put("inode", Long.toString(inode));
    if (layouts.has(SOCK, "sk_uid")) {
      values.put("uid", Long.toString(memory.u32(sock + layouts.offset(SOCK, "sk_uid"))));
    }
    values.putAll(owner);
    return Evidence.of(memory, EvidenceKind.SOCKET, sock, layouts.size(COMMON), values);
  }

  /** A TCP connection without a process, of which only the common part may exist. */
  Evidence describeOrphan(long sock) {
    Map<String, String> values = new LinkedHashMap<>();
    addresses(sock, TCP, values);
    return Evidence.of(memory, EvidenceKind.SOCKET, sock, layouts.size(COMMON), values);
  }

  private int family(long sock) {
    return memory.u16(sock + layouts.offset(COMMON, "skc_family"));
  }

  private void addresses(long sock, int protocol, Map<String, String> values) {
    boolean six = family(sock) == INET6;
    values.put("protocol", protocolName(protocol, six));
    String local = six ? "skc_v6_rcv_saddr" : "skc_rcv_saddr";
    String remote = six ? "skc_v6_daddr" : "skc_daddr";
    values.put("local", address(sock, local, six));
    values.put("localPort", Integer.toString(memory.u16(sock + layouts.offset(COMMON, "skc_num"))));
    values.put("remote", address(sock, remote, six));
    int port = memory.u16(sock + layouts.offset(COMMON, "skc_dport"));
    values.put("remotePort", Integer.toString(Short.reverseBytes((short) port) & 0xffff));
    if (protocol == TCP) {
      int state = memory.u8(sock + layouts.offset(COMMON, "skc_state"));
      values.put(
          "state",
          state >= 1 && state <= STATES.size() ? STATES.get(state - 1) : "unknown " + state);
    }
  }

  private static String protocolName(int protocol, boolean six) {
    String name =
        switch (protocol) {
          case 1 -> "icmp";
          case TCP -> "tcp";
          case 17 -> "udp";
          case 58 -> "icmp";
          case 132 -> "sctp";
          case 136 -> "udplite";
          default -> "ip-" + protocol;
        };
    return six ? name + "6" : name;
  }

  private String address(long sock, String member, boolean six) {
    byte[] bytes = memory.bytes(sock + layouts.offset(COMMON, member), six ? 16 : 4);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is valid", e);
    }
  }

  private String unixPath(long sock) {
    if (!layouts.has("unix_sock", "addr")) {
      return "";
    }
    long address = memory.u64(sock + layouts.offset("unix_sock", "addr"));
    if (address == 0) {
      return "";
    }
    int length = Math.clamp(memory.u32(address + layouts.offset("unix_address", "len")), 2, 110);
    long path = address + layouts.offset("unix_address", "name") + 2; // after sun_family
    String text =
        new String(
            memory.bytes(path, Math.min(length - 2, LONGEST_PATH)),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    // A name in the abstract namespace begins with NUL; ss and /proc/net/unix print it as @.
    String visible = text.startsWith("\0") ? "@" + text.substring(1) : text;
    int end = visible.indexOf(0);
    return end < 0 ? visible : visible.substring(0, end);
  }
}
