package io.pagestream.cases.casefolder;

/**
 * An image that was handed to a job, with its outcome.
 *
 * @param path absolute path of its first file
 * @param label its label; of an image that is in the case, the label there
 * @param outcome what became of it
 * @param imageId its id; empty if it was not opened
 * @param message the error, for one that was not analyzed; otherwise empty
 */
public record GivenImage(
    String path, String label, Outcome outcome, String imageId, String message) {
  /** What became of an image. */
  public enum Outcome {
    /** It was analyzed by this job, or by one that was killed and is resumed by this job. */
    ANALYZED,
    /** The same content was handed in before in this job, and is analyzed once. */
    GIVEN_TWICE,
    /** An earlier job has added the same content to the case. */
    IN_CASE,
    /** It could not be opened or read. */
    FAILED,
    /** The job ended before it was read to its end. */
    SKIPPED
  }

  /** Whether it is missing from the case. */
  public boolean isMissing() {
    return outcome == Outcome.FAILED || outcome == Outcome.SKIPPED;
  }
}
