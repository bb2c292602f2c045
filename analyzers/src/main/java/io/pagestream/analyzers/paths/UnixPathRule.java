package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Absolute paths of Unix that tell of users or of persistence: below {@code /home}, {@code /root},
 * {@code /Users}, folders of temporary files, mail and logs, and of {@code /etc} the files of
 * accounts, keys and scheduled commands.
 */
final class UnixPathRule implements TextRule {
  private static final int MAX_CHARS = 400;
  private static final int MAX_FOLDER_CHARS = 16;

  private static final String[] ETC = {
    "passwd",
    "shadow",
    "gshadow",
    "sudoers",
    "ssh/",
    "cron",
    "init.d/",
    "systemd/system/",
    "ld.so.preload",
    "rc.local",
    "hosts",
    "krb5",
    "openvpn/",
    "wireguard/",
    "ssl/private/",
    "pam.d/",
    "profile.d/"
  };

  @Override
  public boolean examine(CharView text, Report report) {
    // The folder's first slash: folders have at most three names.
    int from = text.skipBack(-1, -1 - MAX_FOLDER_CHARS, Chars.LETTER) - 1;
    while (from > -MAX_FOLDER_CHARS && isFolder(text, from - 1)) {
      from = text.skipBack(from, from - MAX_FOLDER_CHARS, Chars.LETTER) - 1;
    }
    int left = text.at(from - 1);
    if (text.at(from) != '/') {
      return false;
    }
    if (Chars.is(left, Chars.WORD | Chars.DOT | Chars.HYPHEN)
        || left == '/'
        || left == '}'
        || left == ')'
        || left == '*'
        || left == '~') {
      return false;
    }
    int to = 0;
    while (to < MAX_CHARS && isName(text, to)) {
      to += text.at(to) < 0x80 ? 1 : text.letterLength(to);
    }
    while (to > 0 && ".,:;!?'-".indexOf(text.at(to - 1)) >= 0) {
      to--;
    }
    if (to < 2 || (text.startsWith(from, "/etc/") && !isOfInterest(text))) {
      return false;
    }
    report.found(PathsAnalyzer.UNIX_PATH, text, from, to);
    return true;
  }

  /**
   * Whether the name before a slash belongs to {@code /var/log}, {@code /dev/shm}, {@code
   * /run/user}.
   */
  private static boolean isFolder(CharView text, int end) {
    return text.endsWith(end + 1, "/var")
        || text.endsWith(end + 1, "/dev")
        || text.endsWith(end + 1, "/run");
  }

  private static boolean isOfInterest(CharView text) {
    for (String name : ETC) {
      if (text.startsWith(0, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isName(CharView text, int index) {
    int c = text.at(index);
    return Chars.is(c, Chars.WORD | Chars.DOT | Chars.HYPHEN)
        || c == '/'
        || c == '+'
        || c == '@'
        || c == ','
        || c == ':'
        || c == '~'
        || c == '='
        || (c >= 0x80 && text.letterLength(index) > 0);
  }
}
