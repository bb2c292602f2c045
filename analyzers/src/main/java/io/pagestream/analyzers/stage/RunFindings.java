package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.analyzers.api.View;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts the reports of one analyzer in the windows of one run to findings: each artifact once,
 * in the order of addresses, limited by the cap for each page. Omitted artifacts have no record and
 * no id.
 */
final class RunFindings implements FindingSink {
  private final ImageManifest manifest;
  private final PageRun run;
  private final AnalyzerInfo analyzer;
  private final FindingIds ids;
  private final FindingCap cap;
  private final ReportRules rules;
  private final List<Reported> reports = new ArrayList<>();
  private final CappedFindings capped = new CappedFindings();
  private final DecodedStreams decoded;
  private @Nullable View view;

  RunFindings(
      ImageManifest manifest,
      PageRun run,
      AnalyzerInfo analyzer,
      FindingIds ids,
      FindingCap cap,
      DecodingLimits decoding,
      ReportRules rules) {
    this.manifest = manifest;
    this.run = run;
    this.analyzer = analyzer;
    this.ids = ids;
    this.cap = cap;
    this.decoded = new DecodedStreams(decoding);
    this.rules = rules;
  }

  /** Sets the view to which subsequent reports refer. */
  void in(View next) {
    view = next;
  }

  /** All findings that are kept; to be called once, after all windows have been analyzed. */
  List<Finding> settle() {
    reports.sort(Reported.ORDER);
    List<Finding> findings = new ArrayList<>();
    for (int from = 0; from < reports.size(); ) {
      int to = endOfPage(from);
      settlePage(reports.subList(from, to), findings);
      from = to;
    }
    reports.clear();
    return findings;
  }

  /** The findings omitted by {@link #settle}. */
  CappedFindings capped() {
    return capped;
  }

  /** The data that the analyzer has decoded. */
  DecodedStreams decoded() {
    return decoded;
  }

  private int endOfPage(int from) {
    long page = Pages.floor(reports.get(from).address());
    int to = from + 1;
    while (to < reports.size() && Pages.floor(reports.get(to).address()) == page) {
      to++;
    }
    return to;
  }

  private void settlePage(List<Reported> page, List<Finding> findings) {
    FindingCap rule = page.getFirst().location().isMemory() ? cap : cap.ofDecoded();
    FindingCap.@Nullable Page limit = rule.mayExceed(page.size()) ? rule.page() : null;
    Reported last = null;
    for (Reported reported : page) {
      if (last != null && reported.isSame(last)) {
        continue;
      }
      last = reported;
      if (limit == null
          || limit.keeps(reported.kind().name(), reported.value(), reported.position())) {
        findings.add(finding(reported));
      } else {
        capped.add(reported.kind().name(), reported.address());
      }
    }
  }

  @Override
  public void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes,
      @Nullable Confidence confidence) {
    FindingKind known = known(kind);
    FindingKind rated = confidence == null ? known : new FindingKind(kind, confidence);
    View in = checked(offset, length);
    if (rules.keeps(kind)) {
      reports.add(
          new Reported(
              in, rated, in.locationOf(offset), offset, length, value, encoding, attributes));
    }
  }

  @Override
  public void descend(String codec, int offset, byte[] bytes, int length, boolean cut) {
    decoded.add(codec, checked(offset, 1).locationOf(offset), bytes, length, cut);
  }

  private Finding finding(Reported reported) {
    String kind = reported.kind().name();
    long address = reported.address();
    VerdictSpan span = spanAt(address);
    String context = context(reported);
    return Finding.newBuilder()
        .setFindingId(
            ids.of(
                manifest.getImageId(),
                analyzer.name(),
                kind,
                reported.location(),
                reported.value()))
        .setImageId(manifest.getImageId())
        .setImage(manifest.getName())
        .setAnalyzer(analyzer.name())
        .setKind(kind)
        .setValue(reported.value())
        .setLocation(reported.location().record())
        .setLength(reported.length())
        .setContext(context)
        .setEncoding(reported.encoding().word())
        .setRangeKind(span.getRangeKind())
        .setCacheType(span.getGranted())
        .setVerdict(span.getVerdict())
        .setConfidence(reported.kind().confidence())
        .setAttributes(marked(reported, context))
        .build();
  }

  private Map<String, String> marked(Reported reported, String context) {
    return rules
        .mark(reported.value(), context)
        .map(mark -> {
          Map<String, String> attributes = new TreeMap<>(reported.attributes());
          attributes.put(ReportRules.ATTRIBUTE, mark);
          return attributes;
        })
        .orElse(reported.attributes());
  }

  private FindingKind known(String kind) {
    return analyzer
        .kind(kind)
        .orElseThrow(() ->
            new IllegalArgumentException(analyzer.name() + " does not declare the kind " + kind));
  }

  private static String context(Reported reported) {
    return switch (reported.view()) {
      case Window window ->
          FindingContext.around(window, reported.offset(), reported.length(), reported.encoding());
      case Mappings mappings -> "";
    };
  }

  private View checked(int offset, int length) {
    View in = Objects.requireNonNull(view, "reported before anything was shown");
    if (!in.mayHold(offset, length)) {
      throw new IllegalArgumentException(
          "%s reports [%d, +%d), which %s does not own"
              .formatted(analyzer.name(), offset, length, in));
    }
    return in;
  }

  private VerdictSpan spanAt(long address) {
    long page = Pages.frameNumber(address - run.getPhysicalAddress());
    for (VerdictSpan span : run.getVerdicts()) {
      if (page >= span.getFirstPage() && page < span.getFirstPage() + span.getPageCount()) {
        return span;
      }
    }
    throw new IllegalArgumentException("no verdict on page " + page + " of the run");
  }
}
