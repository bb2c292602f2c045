package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.HostName;

/**
 * Paths of network shares ({@code \\server\share\…}; MS-DTYP, section 2.2.57): a host name or
 * address and a share's name of at least two characters. Escaped backslashes inside of strings look
 * alike, so nothing that is part of a path may precede.
 */
final class UncPathRule implements TextRule {
  private static final int FIRST = -2;
  private static final int MIN_CHARS = 2;

  @Override
  public boolean examine(CharView text, Report report) {
    int left = text.at(FIRST - 1);
    if (left == '\\'
        || left == ':'
        || left == '.'
        || left == '*'
        || left == ')'
        || left == ']'
        || text.is(FIRST - 1, Chars.WORD)) {
      return false;
    }
    int server = text.skip(0, HostName.MAX_CHARS, Chars.HOST);
    int share = server + 1;
    if (server < MIN_CHARS
        || text.at(server) != '\\'
        || !HostName.isValid(text, 0, server, Chars.LABEL | Chars.UNDERSCORE)
        || !(text.is(share, Chars.ALNUM) || text.at(share) == '$')) {
      return false;
    }
    int to = WindowsNames.end(text, share, left == '"' || left == '\'');
    if (to < share + MIN_CHARS) {
      return false;
    }
    report.found(PathsAnalyzer.UNC_PATH, text, FIRST, to);
    return true;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
