package io.pagestream.cases.casefolder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A job that wrote a case or added images to it.
 *
 * @param toolVersion Pagestream's version
 * @param commandLine the command and its arguments
 * @param started when the job began
 * @param ended when everything had been collected
 * @param settings effective settings
 * @param given the images that were handed to the job
 * @param sealSha256 SHA-256 of the manifest that the job wrote and that the next job has replaced;
 *     empty for the job that wrote the current one
 */
public record CaseJob(
    String toolVersion,
    List<String> commandLine,
    Instant started,
    Instant ended,
    Map<String, String> settings,
    List<GivenImage> given,
    String sealSha256) {
  /** Copies its collections. */
  public CaseJob {
    commandLine = List.copyOf(commandLine);
    settings = new TreeMap<>(settings);
    given = List.copyOf(given);
  }

  /** Whether it analyzed an image. */
  public boolean analyzed(String imageId) {
    return given.stream()
        .anyMatch(image ->
            image.outcome() == GivenImage.Outcome.ANALYZED && image.imageId().equals(imageId));
  }
}
