package io.pagestream.dashboard.live;

import java.util.List;

/**
 * The progress of a case.
 *
 * @param state {@code running}, {@code finished} or {@code failed}
 * @param images its images
 * @param stages the progress of each stage, in the order of the pipeline
 * @param findings findings received; those of a repeated run are counted again until the end
 * @param elapsedSeconds seconds since following began
 * @param failure reason for the failure, or empty
 */
public record CaseProgress(
    String state,
    List<ImageProgress> images,
    List<StageRate> stages,
    long findings,
    long elapsedSeconds,
    String failure) {
  /** Copies its lists. */
  public CaseProgress {
    images = List.copyOf(images);
    stages = List.copyOf(stages);
  }

  /** The same, marked as ended. */
  CaseProgress failed(String why) {
    return new CaseProgress("failed", images, stages, findings, elapsedSeconds, why);
  }

  /**
   * The progress of one stage.
   *
   * @param stage its name
   * @param pages pages finished
   * @param lagPages pages that the previous stage has finished and this one has not
   * @param bytesPerSecond page bytes finished per second, over the last ten seconds
   */
  public record StageRate(String stage, long pages, long lagPages, double bytesPerSecond) {}
}
