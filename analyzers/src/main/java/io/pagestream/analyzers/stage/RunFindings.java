package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.PageWindow;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.page.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes findings of what one analyzer reports in the windows of one run; each artifact once. */
final class RunFindings implements FindingSink {
  private final ImageManifest manifest;
  private final PageRun run;
  private final AnalyzerInfo analyzer;
  private final FindingIds ids;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private PageWindow window;

  RunFindings(
      ImageManifest manifest,
      PageRun run,
      AnalyzerInfo analyzer,
      FindingIds ids,
      PageWindow first) {
    this.manifest = manifest;
    this.run = run;
    this.analyzer = analyzer;
    this.ids = ids;
    this.window = first;
  }

  /** The window that reports refer to from now on. */
  void in(PageWindow next) {
    window = next;
  }

  /** All findings so far, in the order of their reports. */
  List<Finding> all() {
    return List.copyOf(findings.values());
  }

  @Override
  public void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes) {
    FindingKind known = known(kind);
    check(offset, length);
    long address = window.addressOf(offset);
    String id = ids.of(manifest.getImageId(), analyzer.name(), kind, address, "", value);
    if (findings.containsKey(id)) {
      return;
    }
    VerdictSpan span = spanAt(address);
    findings.put(
        id,
        Finding.newBuilder()
            .setFindingId(id)
            .setImageId(manifest.getImageId())
            .setImage(manifest.getName())
            .setAnalyzer(analyzer.name())
            .setKind(kind)
            .setValue(value)
            .setPhysicalAddress(address)
            .setPath("")
            .setLength(length)
            .setContext(FindingContext.around(window, offset, length, encoding))
            .setEncoding(encoding.word())
            .setRangeKind(span.getRangeKind())
            .setCacheType(span.getGranted())
            .setVerdict(span.getVerdict())
            .setConfidence(known.confidence())
            .setAttributes(attributes)
            .build());
  }

  private FindingKind known(String kind) {
    return analyzer
        .kind(kind)
        .orElseThrow(() ->
            new IllegalArgumentException(analyzer.name() + " does not declare the kind " + kind));
  }

  private void check(int offset, int length) {
    if (!window.owns(offset) || length < 1 || length > window.limit() - offset) {
      throw new IllegalArgumentException(
          "%s reports [%d, +%d) of a window whose own part is [%d, %d)"
              .formatted(analyzer.name(), offset, length, window.ownStart(), window.ownEnd()));
    }
  }

  private VerdictSpan spanAt(long address) {
    return spanAt(run, Pages.frameNumber(address - run.getPhysicalAddress()));
  }

  /** The verdict on a page of a judged run. */
  static VerdictSpan spanAt(PageRun run, long page) {
    for (VerdictSpan span : run.getVerdicts()) {
      if (page >= span.getFirstPage() && page < span.getFirstPage() + span.getPageCount()) {
        return span;
      }
    }
    throw new IllegalArgumentException("no verdict on page " + page + " of the run");
  }
}
