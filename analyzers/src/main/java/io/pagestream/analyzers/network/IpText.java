package io.pagestream.analyzers.network;

/** IP addresses as text. */
final class IpText {
  private static final int WORDS = 8;

  private IpText() {}

  /** The address at an offset: dotted for four bytes, in the form of RFC 5952 for sixteen. */
  static String of(NetworkBytes bytes, int at, int length) {
    return length == 4
        ? bytes.u8(at) + "." + bytes.u8(at + 1) + "." + bytes.u8(at + 2) + "." + bytes.u8(at + 3)
        : v6(bytes, at);
  }

  /** An address with a port. */
  static String withPort(String address, int port) {
    return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
  }

  /** RFC 5952, section 4: the first of the longest runs of two or more zero words is omitted. */
  private static String v6(NetworkBytes bytes, int at) {
    int start = -1;
    int longest = 1;
    for (int word = 0; word < WORDS; word++) {
      int run = zeroWords(bytes, at, word);
      if (run > longest) {
        start = word;
        longest = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      if (word == start) {
        text.append("::");
        word += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(bytes.u16(at + 2 * word)));
      }
    }
    return text.toString();
  }

  private static int zeroWords(NetworkBytes bytes, int at, int first) {
    int word = first;
    while (word < WORDS && bytes.u16(at + 2 * word) == 0) {
      word++;
    }
    return word - first;
  }
}
