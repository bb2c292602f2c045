package io.pagestream.analyzers.text;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.pattern.PatternDatabase;
import io.pagestream.analyzers.pattern.PatternScanner;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.List;

/** Finds the text artifacts of {@link TextKind}; the package's page shows how. */
public final class TextAnalyzer implements Analyzer {
  /** The longest way back: a domain, its e-mail's local part, and what a URL has before that. */
  private static final int LOOK_BEHIND_BYTES = 384;

  /** The longest way ahead: a URL of {@link UrlRule#MAX_CHARS} in UTF-16 and what ends it. */
  private static final int LOOK_AHEAD_BYTES = 2304;

  /** What it is and needs. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "text",
          "E-mail addresses, URLs, domains, IPv4 and IPv6 addresses, payment cards; in ASCII"
              + " and UTF-16LE.",
          Arrays.stream(TextKind.values()).map(TextKind::kind).toList(),
          LOOK_BEHIND_BYTES,
          LOOK_AHEAD_BYTES,
          List.of());

  /**
   * An anchor lies at most this far before the first byte of its artifact: a domain's, which is the
   * {@code ://} before a user's name.
   */
  private static final int ANCHOR_BEFORE_BYTES = 2 * (UrlRule.MAX_USER_INFO_CHARS + 8);

  /** And at most this far after it: a stand-alone domain's, which is its end. */
  private static final int ANCHOR_AFTER_BYTES = 2 * (DomainRule.MAX_CHARS + 8);

  /** How far an edge may be from an anchor to be tried as the end of its artifact. */
  private static final int NEAR_EDGE_BYTES = 2 * 80;

  private static final int CHUNK_BYTES = PatternScanner.MAX_SCAN_BYTES - Anchor.MAX_BYTES;

  private final PatternScanner scanner = new PatternScanner(Compiled.DATABASE);
  private final CharView text = new CharView();

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, FindingSink findings) {
    Report report = new Report(window, findings);
    text.over(window.bytes());
    int from = Math.max(0, window.ownStart() - ANCHOR_BEFORE_BYTES);
    int to = Math.min(window.limit(), window.ownEnd() + ANCHOR_AFTER_BYTES);
    for (int chunk = from; chunk < to; chunk += CHUNK_BYTES) {
      int begin = Math.max(from, chunk - Anchor.MAX_BYTES);
      int matches = scanner.scan(window.bytes(), begin, Math.min(to, chunk + CHUNK_BYTES));
      for (int i = 0; i < matches; i++) {
        int last = begin + scanner.end(i) - 1;
        // A match that ends before the chunk was seen with the chunk before.
        if (last >= chunk) {
          int id = scanner.id(i);
          text.anchor(last, Anchor.isWide(id));
          examine(Anchor.of(id).rule(), last, report);
        }
      }
    }
  }

  private void examine(TextRule rule, int anchor, Report report) {
    if (rule.examine(text, report) || !rule.mayEndAtPageEdge()) {
      return;
    }
    Window window = report.window();
    if (!window.start().isMemory()) {
      return; // what was decoded has no page edges
    }
    int nextPage = window.pageEnd(anchor);
    int page = nextPage - Pages.SIZE;
    if (anchor - page < NEAR_EDGE_BYTES || nextPage - anchor < NEAR_EDGE_BYTES) {
      text.only(page, nextPage);
      rule.examine(text, report);
      text.whole();
    }
  }

  @Override
  public void close() {
    scanner.close();
  }

  /** Compiled when the first analyzer is made, once in a JVM. */
  private static final class Compiled {
    static final PatternDatabase DATABASE = PatternDatabase.compile(Anchor.patterns());
  }
}
