package io.pagestream.analyzers.network;

/**
 * Finds possible IP headers and ends of DNS questions, at about the speed of memory: eight offsets
 * are tested at once, each with several bytes. Neither has a signature that a search for patterns
 * could use.
 *
 * <table>
 * <caption>Bytes that are tested, by their distance from the offset</caption>
 * <tr><td>IPv4 header (RFC 791)</td><td>0: version 4 and 20 bytes of header; 6, 7: fragment
 * offset 0, no more fragments</td></tr>
 * <tr><td>IPv6 header (RFC 8200)</td><td>0, 1: version 6 and traffic class 0; 4: payload of less
 * than 16 KiB; 6: next header below 64</td></tr>
 * <tr><td>last letter of a name in a DNS question (RFC 1035, section 4.1.2)</td><td>0: letter;
 * 1: root label; 2: high byte of the type; 4, 5: class IN, with or without the top bit, which
 * multicast DNS uses (RFC 6762)</td></tr>
 * </table>
 */
final class NetworkFilter {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long V4 = eightOf(0x45);
  private static final long V6 = eightOf(0x60);
  private static final long UNUSED_FLAGS = eightOf(0xbf);
  private static final long LOW_CLASS = eightOf(0xf0);
  private static final long OVER_63 = eightOf(0xc0);
  private static final long LETTER = eightOf(0x40);
  private static final long CLASS = eightOf(0x7f);

  /** Receives offsets that pass. */
  interface Candidates {
    /** An IPv4 header may start here. */
    void ipv4(int offset);

    /** An IPv6 header may start here. */
    void ipv6(int offset);

    /** The last letter of a name in a DNS question may be here. */
    void question(int offset);
  }

  private NetworkFilter() {}

  /** A value in each of eight bytes. */
  private static long eightOf(int value) {
    return value * ONES;
  }

  /** Reports the offsets in {@code [from, to)} that pass. */
  static void filter(NetworkBytes memory, int from, int to, Candidates candidates) {
    byte[] bytes = memory.array();
    int last = Math.min(to, memory.limit());
    for (int at = from; at < last; at += 8) {
      long byte0 = NetworkBytes.eight(bytes, at);
      long byte1 = NetworkBytes.eight(bytes, at + 1);
      long byte4 = NetworkBytes.eight(bytes, at + 4);
      long byte6 = NetworkBytes.eight(bytes, at + 6);
      long v4 = (byte0 ^ V4) | (byte6 & UNUSED_FLAGS) | NetworkBytes.eight(bytes, at + 7);
      long v6 = (byte0 ^ V6) | (byte1 & LOW_CLASS) | ((byte4 | byte6) & OVER_63);
      long name =
          (~byte0 & LETTER)
              | byte1
              | NetworkBytes.eight(bytes, at + 2)
              | (byte4 & CLASS)
              | (NetworkBytes.eight(bytes, at + 5) ^ ONES);
      if (((zeroBytes(v4) | zeroBytes(v6) | zeroBytes(name)) & TOPS) != 0) {
        pass(v4, v6, name, at, Math.min(8, last - at), candidates);
      }
    }
  }

  /** The top bit of the lowest zero byte is set, and possibly others above it, else none. */
  private static long zeroBytes(long value) {
    return (value - ONES) & ~value;
  }

  private static void pass(long v4, long v6, long name, int at, int count, Candidates candidates) {
    for (int i = 0; i < count; i++) {
      int shift = 8 * i;
      if ((byte) (v4 >>> shift) == 0) {
        candidates.ipv4(at + i);
      }
      if ((byte) (v6 >>> shift) == 0) {
        candidates.ipv6(at + i);
      }
      if ((byte) (name >>> shift) == 0) {
        candidates.question(at + i);
      }
    }
  }
}
