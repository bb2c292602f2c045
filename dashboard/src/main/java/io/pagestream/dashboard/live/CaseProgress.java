package io.pagestream.dashboard.live;

import java.util.List;

/**
 * How far a case is.
 *
 * @param state {@code running}, {@code finished} or {@code failed}
 * @param images its images
 * @param stages what each stage has finished, in the order of the pipeline
 * @param findings findings received; those of a repeated run counted again until the end
 * @param elapsedSeconds since the case is followed
 * @param failure why it failed, or empty
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

  /** The same, with nothing more to come. */
  CaseProgress failed(String why) {
    return new CaseProgress("failed", images, stages, findings, elapsedSeconds, why);
  }

  /**
   * What one stage has done.
   *
   * @param stage its name
   * @param pages pages finished
   * @param lagPages pages that the stage before has finished and this one has not
   * @param bytesPerSecond page bytes finished a second, over the last ten seconds
   */
  public record StageRate(String stage, long pages, long lagPages, double bytesPerSecond) {}
}
