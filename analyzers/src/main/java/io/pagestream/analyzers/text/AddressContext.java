package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.hosts.HostName;
import io.pagestream.analyzers.hosts.Ipv4Text;
import io.pagestream.analyzers.hosts.TopLevelDomains;
import java.util.List;

/**
 * Checks whether the surroundings of four numbers indicate an address, even if the numbers are
 * small.
 */
final class AddressContext {
  private static final int MAX_SEPARATORS = 4;
  private static final int MAX_WORD_CHARS = 24;
  private static final int MAX_FILLER_CHARS = 48;
  private static final int MAX_LISTED = 4;
  private static final int MAX_ADDRESS_CHARS = 15;

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
          "netmask",
          "nexthop",
          "next-hop",
          "dhcp-server",
          "routers",
          "servers",
          "clientip",
          "sourceip",
          "remoteip",
          "serverip",
          "publicip",
          "srcip",
          "dstip",
          "name-servers");

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
          "nmap",
          "nslookup",
          "dig",
          "whois",
          "netcat",
          "nc",
          "remote",
          "rip",
          "lip",
          "lease",
          "source",
          "destination");

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
          "server: ",
          "ip4:",
          " in a ",
          "\ta\t",
          "listening on ",
          "bound to ",
          "dhcpack from ",
          "dhcpack of ",
          "dhcpack on ",
          "dhcpoffer from ",
          "dhcpoffer of ",
          "dhcpoffer on ",
          "dhcprequest of ",
          "dhcprequest for ",
          "who-has ",
          " tell ",
          "logged in from ",
          "bytes from ",
          "scan report for ",
          "peer ");

  /** Texts before "from" in the same line of a log or of a mail's header. */
  private static final List<String> BEFORE_FROM =
      List.of(
          "received:",
          "user ",
          "password ",
          "publickey ",
          "for root",
          "login",
          "address",
          "bytes",
          "request",
          "identification string",
          "connect",
          "allow",
          "deny",
          "dhcp",
          "logged",
          "session",
          "query",
          "auth");

  /** Users in {@code user@address}. */
  private static final List<String> USERS =
      List.of(
          "root",
          "admin",
          "administrator",
          "user",
          "ubuntu",
          "debian",
          "ec2-user",
          "pi",
          "vagrant",
          "oracle",
          "postgres",
          "git");

  /** Commands that are followed by {@code user@address} in the same line. */
  private static final List<String> REMOTE_COMMANDS =
      List.of("ssh ", "scp ", "sftp ", "rsync ", "ssh-copy-id ", "mosh ");

  /** Length of a line before an address that is read. */
  private static final int LINE_CHARS = 96;

  private AddressContext() {}

  /** Whether the surroundings of the valid address in {@code [from, to)} indicate an address. */
  static boolean says(CharView text, int from, int to) {
    return isLiteral(text, from, to)
        || isListed(text, from)
        || (text.endsWith(from, " > ") && text.at(to) == ':')
        || isFollowed(text, from, to)
        || isNamed(text, from)
        || isOrigin(text, from, to)
        || isRemote(text, from);
  }

  /**
   * Mail's {@code ([192.0.2.1])} and {@code from host ([192.0.2.1])}, and the form used by daemons:
   * {@code unknown[192.0.2.1]}.
   */
  private static boolean isLiteral(CharView text, int from, int to) {
    int before = text.at(from - 1);
    int after = text.at(to);
    if (before == '[' && after == ']') {
      return text.at(to + 1) == ')'
          || text.at(from - 2) == '('
          || text.at(from - 2) == '@'
          || text.is(from - 2, Chars.LETTER)
          || lineHas(text, from, "received:")
          || lineHas(text, from, "getaddrinfo")
          || lineHas(text, from, "from ");
    }
    return before == '(' && after == ')' && lineHas(text, from, "received:");
  }

  private static boolean isFollowed(CharView text, int from, int to) {
    if (text.startsWith(to, " port ")) {
      return text.is(to + 6, Chars.DIGIT);
    }
    if (text.startsWith(to, " netmask ")) {
      return true; // a line of ifconfig
    }
    int at = text.startsWith(to, ") at ") ? to + 5 : text.startsWith(to, " is-at ") ? to + 7 : 0;
    if (at > 0) {
      return text.skip(at, at + 2, Chars.HEX) == at + 2 && text.at(at + 2) == ':'; // arp
    }
    if (text.startsWith(to, " - ")) {
      // A web server's log: identity and user, then the date.
      int user = to + 3;
      int end = user;
      while (end < user + MAX_WORD_CHARS && text.at(end) > ' ') {
        end++;
      }
      return text.startsWith(end, " [") && text.is(end + 2, Chars.DIGIT);
    }
    int before = text.at(from - 1);
    return text.at(to) == '\t'
        && (before == '\n' || before == 0 || before == CharView.NONE)
        && isHostName(text, to + 1);
  }

  /** The second and further addresses of a list whose first is named. */
  private static boolean isListed(CharView text, int from) {
    int next = from;
    for (int n = 0; n < MAX_LISTED && (text.at(next - 1) == ' ' || text.at(next - 1) == ','); n++) {
      int end = text.at(next - 1) == ' ' ? next - 1 : next;
      end = text.at(end - 1) == ',' ? end - 1 : next;
      int start = text.skipBack(end, end - MAX_ADDRESS_CHARS, Chars.DIGIT | Chars.DOT);
      if (end == next || Ipv4Text.end(text, start) != end) {
        return false;
      }
      if (isNamed(text, start)) {
        return true;
      }
      next = start;
    }
    return false;
  }

  /** A line of the file of hosts. */
  private static boolean isHostName(CharView text, int from) {
    int end = text.skip(from, from + HostName.MAX_CHARS, Chars.HOST);
    int last = HostName.lastLabel(text, from, end);
    return last > from && TopLevelDomains.contains(text, last, end);
  }

  /** {@code root@192.0.2.1}, {@code ssh bob@192.0.2.1}. */
  private static boolean isRemote(CharView text, int from) {
    if (text.at(from - 1) != '@') {
      return false;
    }
    for (String user : USERS) {
      int start = from - 1 - user.length();
      if (text.startsWith(start, user) && !text.is(start - 1, Chars.WORD | Chars.HYPHEN)) {
        return true;
      }
    }
    return REMOTE_COMMANDS.stream().anyMatch(command -> lineHas(text, from, command));
  }

  /** Whether a word occurs before {@code from} in its line. */
  private static boolean lineHas(CharView text, int from, String word) {
    for (int i = from - word.length(); i > from - LINE_CHARS; i--) {
      int c = text.at(i);
      if (c == '\n' || c == 0 || c == CharView.NONE) {
        return false;
      }
      if (text.startsWith(i, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamed(CharView text, int from) {
    int end = from;
    while (end > from - MAX_SEPARATORS && isSeparator(text.at(end - 1))) {
      end--;
    }
    if (text.endsWith(from, " : ")) {
      // Windows' ipconfig: "IPv4 Address. . . . : ".
      while (end > from - MAX_FILLER_CHARS
          && (text.at(end - 1) == '.' || text.at(end - 1) == ' ')) {
        end--;
      }
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

  /** "from" before an address in a log, but not "upgrade from 1.2.3.4 to 1.2.3.5". */
  private static boolean isOrigin(CharView text, int from, int to) {
    for (String phrase : PHRASES) {
      if (text.endsWith(from, phrase)) {
        return true;
      }
    }
    return text.endsWith(from, " from ")
        && !text.startsWith(to, " to ")
        && BEFORE_FROM.stream().anyMatch(word -> lineHas(text, from, word));
  }

  private static boolean isSeparator(int character) {
    return switch (character) {
      case ' ', '\t', '=', ':', '"', '\'', '(', '[', '>' -> true;
      default -> false;
    };
  }
}
