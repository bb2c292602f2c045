package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdicts of one run as spans: consecutive pages with the same decision share one. */
final class VerdictSpans {
  private final List<VerdictSpan> spans;
  private final String profile;
  private @Nullable Verdict last;

  VerdictSpans(List<VerdictSpan> spans, String profile) {
    this.spans = spans;
    this.profile = profile;
  }

  void add(int firstPage, int end, Verdict verdict, RangeKind kind, RangeProvenance provenance) {
    if (isSame(verdict)) {
      VerdictSpan span = spans.getLast();
      if (span.getRangeKind() == kind && span.getProvenance() == provenance) {
        span.setPageCount(end - span.getFirstPage());
        return;
      }
    }
    last = verdict;
    spans.add(
        new VerdictSpan(
            firstPage,
            end - firstPage,
            verdict.kind(),
            verdict.row(),
            profile,
            verdict.reason(),
            verdict.requested(),
            verdict.established(),
            verdict.granted(),
            kind,
            provenance,
            verdict.hazards()));
  }

  @SuppressWarnings(
      "ReferenceEquality") // nearly always the same object; comparing is more expensive
  private boolean isSame(Verdict verdict) {
    return verdict == last || verdict.equals(last);
  }
}
