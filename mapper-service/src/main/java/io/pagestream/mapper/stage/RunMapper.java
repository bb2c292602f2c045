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

/** What happens to one run, without Kafka: checked, judged, and stripped if that is chosen. */
public final class RunMapper {
  private RunMapper() {}

  /**
   * Judges a run. A verdict is a label: the bytes stay, whatever it is.
   *
   * @param skipRefused whether the bytes of refused pages are taken out all the same, with the
   *     parts of the neighbors that are or lie behind refused pages
   * @return what became of its pages
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
