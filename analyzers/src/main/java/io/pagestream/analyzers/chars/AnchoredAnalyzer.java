package io.pagestream.analyzers.chars;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/** An analyzer of text: anchors, and a rule for each of them. */
public final class AnchoredAnalyzer implements Analyzer {
  /**
   * Maximum distance of a page edge from an anchor at which the edge is tried as the end of its
   * artifact.
   */
  private static final int NEAR_EDGE_BYTES = 2 * 80;

  private final AnalyzerInfo info;
  private final List<Anchor> anchors;
  private final CharView text = new CharView();

  /**
   * Creates an instance for one thread.
   *
   * @param info made with {@link #patterns} of the same anchors
   */
  public AnchoredAnalyzer(AnalyzerInfo info, List<Anchor> anchors) {
    this.info = info;
    this.anchors = anchors;
  }

  /**
   * The expressions of anchors.
   *
   * @param before maximum distance of an anchor's start before its artifact, in bytes
   * @param after maximum distance of an anchor's end from its artifact's first byte
   */
  public static Patterns patterns(List<Anchor> anchors, int before, int after) {
    return new Patterns(Anchor.expressions(anchors), before, after);
  }

  @Override
  public AnalyzerInfo info() {
    return info;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    Report report = new Report(window, findings);
    text.over(window.bytes());
    for (int i = 0; i < matches.count(); i++) {
      int last = matches.end(i) - 1;
      boolean wide = (matches.pattern(i) & 1) == 1;
      text.anchor(last, wide ? ByteOrder.at(window, last) : Encoding.ASCII);
      Anchor anchor = anchors.get(matches.pattern(i) >> 1);
      int character = text.at(0);
      if (character != CharView.NONE && !(anchor.exact() && character == CharView.OTHER && wide)) {
        examine(anchor.rule(), last, report);
      }
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
