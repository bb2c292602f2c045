package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.RunCounts;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.page.RunPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processing of one run, independent of Kafka: it is checked, judged, and, if enabled, stripped.
 */
public final class RunMapper {
  private RunMapper() {}

  /**
   * Judges a run. A verdict is a label: the bytes are kept regardless of it.
   *
   * @param skipRefused whether the bytes of refused pages are removed nevertheless, together with
   *     the parts of the neighboring bytes that are refused or beyond refused pages
   * @return counts of its pages by outcome
   * @throws PagestreamException if it contradicts its manifest; the run is then unchanged
   */
  public static RunOutcome map(OpenImage image, PageRun run, boolean skipRefused) {
    RunCheck.check(image, run);
    int payloadBytes = RunPayload.bytes(run);
    List<VerdictSpan> spans = new ArrayList<>(2);
    image.judge(run, spans);
    run.setVerdicts(spans);
    if (skipRefused) {
      if (spans.stream().anyMatch(span -> span.getVerdict() == VerdictKind.REFUSED)) {
        CarriedPages.withholdRefused(run);
      }
      Neighbours.trim(image, run);
    }
    return new RunOutcome(
        payloadBytes,
        RunCounts.of(run),
        RunCounts.byRow(run),
        RunCounts.refusedByReason(run),
        Map.of(),
        Map.of());
  }
}
