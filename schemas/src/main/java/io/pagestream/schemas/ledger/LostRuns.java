package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** Runs of an image that a stage rejected, and analyses of runs that failed, each once. */
final class LostRuns {
  /** Reason of the doubt about a run on which an analyzer failed. */
  static final String ANALYSIS_FAILED = "analysis-failed";

  /** Reason of the doubt about a run that a stage rejected. */
  static final String RUN_REJECTED = "run-rejected";

  /** Reasons of all doubts of this kind. */
  static final Set<String> REASONS = Set.of(ANALYSIS_FAILED, RUN_REJECTED);

  /** Maximum number of entries: all runs of 64 GiB; a limit against a flood of forged ones. */
  private static final int MOST = 262_144;

  private final TreeMap<Place, DeadLetter> letters = new TreeMap<>();

  private record Place(long runIndex, Stage stage, String analyzer) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = Long.compare(runIndex, other.runIndex);
      order = order == 0 ? stage.compareTo(other.stage) : order;
      return order == 0 ? analyzer.compareTo(other.analyzer) : order;
    }
  }

  boolean add(DeadLetter letter) {
    Place place = new Place(letter.runIndex(), letter.stage(), letter.analyzer());
    return letters.size() < MOST && letters.putIfAbsent(place, letter) == null;
  }

  List<DeadLetter> letters() {
    return List.copyOf(letters.values());
  }

  long failedAnalyses() {
    return letters.keySet().stream().filter(place -> !place.analyzer().isEmpty()).count();
  }

  long rejectedRuns(Stage by) {
    return letters.keySet().stream()
        .filter(place -> place.analyzer().isEmpty() && place.stage() == by)
        .count();
  }

  List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    for (DeadLetter letter : letters.values()) {
      boolean placed = letter.physicalAddress() >= 0 && letter.pageCount() > 0;
      String what =
          letter.analyzer().isEmpty()
              ? "%s rejected %s: %s"
                  .formatted(
                      letter.stage().name().toLowerCase(Locale.ROOT),
                      placed ? "a run" : "run " + letter.runIndex(),
                      letter.message())
              : "%s (%s): %s".formatted(letter.analyzer(), letter.reason(), letter.message());
      doubts.add(
          new Doubt(
              letter.analyzer().isEmpty() ? RUN_REJECTED : ANALYSIS_FAILED,
              placed ? letter.physicalAddress() : 0L,
              placed ? letter.pageCount() : 0L,
              what));
    }
    return doubts;
  }
}
