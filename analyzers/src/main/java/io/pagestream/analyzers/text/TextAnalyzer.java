package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
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
              "E-mail addresses, URLs, domains, IPv4 and IPv6 addresses, payment cards; in ASCII"
                  + " and UTF-16LE.",
              Arrays.stream(TextKind.values()).map(TextKind::kind).toList(),
              LOOK_BEHIND_BYTES,
              LOOK_AHEAD_BYTES,
              List.of())
          .searching(new Patterns(Anchor.patterns(), ANCHOR_BEFORE_BYTES, ANCHOR_AFTER_BYTES));

  /**
   * Maximum distance of a page edge from an anchor at which the edge is tried as the end of its
   * artifact.
   */
  private static final int NEAR_EDGE_BYTES = 2 * 80;

  private final CharView text = new CharView();

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    Report report = new Report(window, findings);
    text.over(window.bytes());
    for (int i = 0; i < matches.count(); i++) {
      int last = matches.end(i) - 1;
      text.anchor(last, Anchor.isWide(matches.pattern(i)));
      examine(Anchor.of(matches.pattern(i)).rule(), last, report);
    }
  }

  private void examine(TextRule rule, int anchor, Report report) {
    if (rule.examine(text, report) || !rule.mayEndAtPageEdge()) {
      return;
    }
    Window window = report.window();
    if (!window.start().isMemory()) {
      return; // decoded data has no page edges
    }
    int nextPage = window.pageEnd(anchor);
    int page = nextPage - Pages.SIZE;
    if (anchor - page < NEAR_EDGE_BYTES || nextPage - anchor < NEAR_EDGE_BYTES) {
      text.only(page, nextPage);
      rule.examine(text, report);
      text.whole();
    }
  }
}
