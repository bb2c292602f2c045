package io.pagestream.mapper.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * One request for many pages of different facts, as a driver makes it: all or nothing. Pagestream
 * itself asks page by page, so that one refused page does not cost its neighbours; this function
 * says what a single call for all of them would have got.
 */
public final class WholeRange {

  /** Consecutive pages with the same facts. */
  public record Piece(PageFacts facts, long pageCount) {}

  /** What the whole request gets. */
  public sealed interface Outcome {
    /** The verdict of each piece; the granted types may differ, but only by overrides. */
    record Granted(List<Verdict> verdicts) implements Outcome {
      /** Copies its list. */
      public Granted {
        verdicts = List.copyOf(verdicts);
      }
    }

    /** The piece that made the request fail, and why. */
    record Rejected(int piece, Verdict verdict) implements Outcome {}
  }

  private WholeRange() {}

  /**
   * Judges every piece by itself, each told whether the request also covers pages of the other
   * membership; the request fails as a whole if any piece is refused. A memory manager that looks
   * at the first page alone (ReactOS' main line does) would grant a range that starts in memory and
   * ends in a device.
   */
  public static Outcome judge(CachePolicy policy, List<Piece> pieces, MappingRequest request) {
    boolean mixed =
        pieces.stream().map(piece -> piece.facts().inPfnDatabase()).distinct().count() > 1;
    List<Verdict> verdicts = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      PageFacts facts = mixed ? piece.facts().inMixedRequest() : piece.facts();
      Verdict verdict = policy.judge(facts, request);
      if (verdict.refused()) {
        return new Outcome.Rejected(verdicts.size(), verdict);
      }
      verdicts.add(verdict);
    }
    return new Outcome.Granted(verdicts);
  }
}
