package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/** Finds the text artifacts of {@link TextKind}; the package documentation describes the method. */
public final class TextAnalyzer implements Analyzer {
  /**
   * The longest distance backwards: a domain, the local part of its e-mail address, and the part of
   * a URL before that.
   */
  private static final int LOOK_BEHIND_BYTES = 384;

  /**
   * The longest distance forwards: a URL of {@link UrlRule#MAX_CHARS} in UTF-16 and its delimiter.
   */
  private static final int LOOK_AHEAD_BYTES = 2304;

  /**
   * The maximum distance of an anchor before the first byte of its artifact: that of a domain,
   * whose anchor is the {@code ://} before a user name.
   */
  private static final int ANCHOR_BEFORE_BYTES = 2 * (UrlRule.MAX_USER_INFO_CHARS + 8);

  /**
   * The maximum distance of an anchor after it: that of a stand-alone domain, whose anchor is its
   * end.
   */
  private static final int ANCHOR_AFTER_BYTES = 2 * (DomainRule.MAX_CHARS + 8);

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "text",
              "E-mail addresses, URLs, domains, IPv4 and IPv6 addresses, payment cards; in ASCII,"
                  + " UTF-8 and UTF-16.",
              TextKind.ALL,
              LOOK_BEHIND_BYTES,
              LOOK_AHEAD_BYTES,
              List.of())
          .searching(
              AnchoredAnalyzer.patterns(TextAnchors.ALL, ANCHOR_BEFORE_BYTES, ANCHOR_AFTER_BYTES));

  private final AnchoredAnalyzer search = new AnchoredAnalyzer(INFO, TextAnchors.ALL);

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    search.analyze(window, matches, findings);
  }
}
