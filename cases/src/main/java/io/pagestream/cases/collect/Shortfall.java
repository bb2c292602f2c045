package io.pagestream.cases.collect;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes in one line why a case is incomplete or inconsistent. */
final class Shortfall {
  private static final int MOST_TOLD = 4;

  private Shortfall() {}

  /** The missing parts of a finished case, or null if nothing is missing. */
  static @Nullable PagestreamException ofFinished(CaseTally tally, FindingsCheck check) {
    return ofFinished(tally.images(), check);
  }

  /** The same for some images of a case. */
  static @Nullable PagestreamException ofFinished(List<CaseImage> images, FindingsCheck check) {
    List<String> problems = problems(images, check);
    return problems.isEmpty()
        ? null
        : PagestreamException.of(
            ErrorCode.LEDGER_DOES_NOT_ADD_UP,
            "the case does not add up: " + sentence(problems),
            "see manifest.json and the topic dead-letters");
  }

  /** Differences between the verdicts and receipts of a finished case, or null if they agree. */
  static @Nullable PagestreamException ofCoverage(List<String> problems) {
    return problems.isEmpty()
        ? null
        : PagestreamException.of(
            ErrorCode.LEDGER_DOES_NOT_ADD_UP,
            "the case does not add up: " + sentence(problems),
            "keep the case folder and report this with its manifest.json");
  }

  /** The missing parts of a case for which nothing has arrived for too long. */
  static PagestreamException ofStalled(CaseTally tally, FindingsCheck check, Duration waited) {
    List<String> problems = problems(tally.images(), check);
    String silence = "nothing has arrived for " + waited.toSeconds() + " s: " + sentence(problems);
    return tally.hasAllReceipts()
        ? PagestreamException.of(
            ErrorCode.LEDGER_DOES_NOT_ADD_UP,
            silence,
            "keep the case folder and report this with its manifest.json")
        : PagestreamException.of(
            ErrorCode.STAGE_STALLED,
            silence,
            "check that every stage is running and look at its log");
  }

  private static List<String> problems(List<CaseImage> images, FindingsCheck check) {
    List<String> problems = new ArrayList<>();
    List<ImageLedger> ledgers = images.stream().map(CaseImage::ledger).toList();
    for (ImageLedger ledger : ledgers) {
      LedgerProof proof = ledger.proof();
      String image = proof.name().isEmpty() ? "image " + ledger.imageId() : proof.name();
      proof.problems().forEach(problem -> problems.add(image + ": " + problem));
      long letters = ledger.missingDeadLetters();
      if (letters > 0) {
        problems.add("%s: %d dead letters are missing.".formatted(image, letters));
      }
    }
    problems.addAll(check.problems());
    problems.addAll(
        VerdictCheck.problems(ledgers, images.stream().map(CaseImage::verdicts).toList()));
    return problems;
  }

  private static String sentence(List<String> problems) {
    String first = String.join(" ", problems.subList(0, Math.min(MOST_TOLD, problems.size())));
    int more = problems.size() - MOST_TOLD;
    return more > 0 ? first + " (and " + more + " more)" : first;
  }
}
