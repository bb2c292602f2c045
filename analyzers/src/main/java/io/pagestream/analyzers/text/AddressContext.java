package io.pagestream.analyzers.text;

import java.util.List;

/**
 * Checks whether the surroundings of four numbers indicate an address, even if the numbers are
 * small.
 */
final class AddressContext {
  private static final int MAX_SEPARATORS = 4;
  private static final int MAX_WORD_CHARS = 24;

  /** Endings of names of fields and commands. */
  private static final List<String> ENDINGS =
      List.of(
          "addr",
          "address",
          "inet",
          "ipaddr",
          "ipv4",
          "hostname",
          "gateway",
          "nameserver",
          "forwarded-for",
          "real-ip",
          "client-ip",
          "bcast",
          "broadcast",
          "rhost",
          "netmask");

  /** Whole words, or the ends of longer names after an underscore or hyphen. */
  private static final List<String> WORDS =
      List.of(
          "ip",
          "ping",
          "host",
          "src",
          "dst",
          "gw",
          "peer",
          "via",
          "dns",
          "router",
          "remotehost",
          "endpoint",
          "ssh",
          "telnet",
          "traceroute",
          "nmap");

  /** Texts before an address in logs, each with the blank before the address. */
  private static final List<String> PHRASES =
      List.of(
          "connected to ",
          "connect to ",
          "connecting to ",
          "connection to ",
          "connect from ",
          "connection from ",
          "connections from ",
          "closed by ",
          "reset by ",
          "disconnected from ",
          "received from ",
          "client: ",
          "server: ");

  private AddressContext() {}

  /** Whether the surroundings of the valid address in {@code [from, to)} indicate an address. */
  static boolean says(CharView text, int from, int to) {
    return isLiteral(text, from, to)
        || isFollowed(text, to)
        || isNamed(text, from)
        || isOrigin(text, from, to);
  }

  /** Mail's {@code ([192.0.2.1])}, and the form used by daemons: {@code unknown[192.0.2.1]}. */
  private static boolean isLiteral(CharView text, int from, int to) {
    return text.at(from - 1) == '['
        && text.at(to) == ']'
        && (text.at(from - 2) == '('
            || text.at(from - 2) == '@'
            || text.is(from - 2, Chars.LETTER));
  }

  private static boolean isFollowed(CharView text, int to) {
    if (text.startsWith(to, " port ")) {
      return text.is(to + 6, Chars.DIGIT);
    }
    // The first field of a web server's log, and of a line of ifconfig.
    return text.startsWith(to, " - - [") || text.startsWith(to, " netmask ");
  }

  private static boolean isNamed(CharView text, int from) {
    int end = from;
    while (end > from - MAX_SEPARATORS && isSeparator(text.at(end - 1))) {
      end--;
    }
    if (end == from) {
      return false;
    }
    int word =
        text.skipBack(end, end - MAX_WORD_CHARS, Chars.LETTER | Chars.UNDERSCORE | Chars.HYPHEN);
    if (word == end) {
      return false;
    }
    for (String ending : ENDINGS) {
      if (end - word >= ending.length() && text.endsWith(end, ending)) {
        return true;
      }
    }
    for (String whole : WORDS) {
      int start = end - whole.length();
      if (start >= word && text.startsWith(start, whole) && isWordStart(text, start)) {
        return true;
      }
    }
    return false;
  }

  /** Also in a name like "clientIp". */
  private static boolean isWordStart(CharView text, int start) {
    return !text.is(start - 1, Chars.ALNUM)
        || (text.is(start, Chars.UPPER) && text.is(start - 1, Chars.LOWER));
  }

  /** "from" before an address, but not "upgrade from 1.2.3.4 to 1.2.3.5". */
  private static boolean isOrigin(CharView text, int from, int to) {
    for (String phrase : PHRASES) {
      if (text.endsWith(from, phrase)) {
        return true;
      }
    }
    int before = from - " from ".length();
    return text.endsWith(from, " from ")
        && !text.startsWith(to, " to ")
        && (text.endsWith(before, "for root")
            || text.endsWith(before, "login")
            || text.endsWith(before, "user")
            || text.endsWith(before, "address")
            || text.endsWith(before, "bytes")
            || text.endsWith(before, "request"));
  }

  private static boolean isSeparator(int character) {
    return switch (character) {
      case ' ', '\t', '=', ':', '"', '\'', '(', '[', '>' -> true;
      default -> false;
    };
  }
}
