package io.pagestream.schemas.ledger;

/**
 * The progress of a stage with an image, according to its receipts.
 *
 * @param runs runs finished
 * @param pages pages in these runs
 * @param payloadBytes bytes of page payload in these runs
 * @param findings findings reported in these runs; analyzers only
 */
public record StageProgress(long runs, long pages, long payloadBytes, long findings) {
  /** Nothing finished yet. */
  public static final StageProgress NONE = new StageProgress(0, 0, 0, 0);

  /** The sum of both. */
  public StageProgress plus(StageProgress other) {
    return new StageProgress(
        runs + other.runs,
        pages + other.pages,
        payloadBytes + other.payloadBytes,
        findings + other.findings);
  }
}
