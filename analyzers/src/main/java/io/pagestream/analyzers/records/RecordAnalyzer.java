package io.pagestream.analyzers.records;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import java.util.List;

/**
 * An analyzer of binary records: examines the matches of the anchors of several formats. It has no
 * options.
 */
public abstract class RecordAnalyzer implements Analyzer {
  private final AnalyzerInfo info;
  private final List<RecordFormat> formats;
  private final RecordBytes bytes = new RecordBytes();

  /**
   * An instance for one thread.
   *
   * @param info the analyzer, with the patterns of the same formats
   * @param formats the formats, in the order of their patterns
   */
  protected RecordAnalyzer(AnalyzerInfo info, List<RecordFormat> formats) {
    this.info = info;
    this.formats = List.copyOf(formats);
  }

  @Override
  public final AnalyzerInfo info() {
    return info;
  }

  /** The anchors of formats as patterns. */
  protected static Patterns patterns(List<RecordFormat> formats) {
    int before = 0;
    int after = 0;
    for (RecordFormat format : formats) {
      before = Math.max(before, format.anchorLength() - format.startToEnd());
      after = Math.max(after, format.startToEnd());
    }
    return new Patterns(formats.stream().map(RecordFormat::anchor).toList(), before, after);
  }

  /** Reports the records that start in the window's own part. */
  @Override
  public final void analyze(Window window, Matches matches, FindingSink findings) {
    for (int i = 0; i < matches.count(); i++) {
      RecordFormat format = formats.get(matches.pattern(i));
      int start = matches.end(i) - format.startToEnd();
      if (window.owns(start)) {
        bytes.show(window, start, info.lookBehindBytes(), info.lookAheadBytes());
        Artifact found = format.check().describe(bytes);
        if (found != null) {
          findings.found(
              found.kind(),
              start,
              found.length(),
              found.value(),
              found.encoding(),
              found.attributes(),
              found.confidence());
        }
      }
    }
  }
}
