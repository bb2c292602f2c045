package io.pagestream.exports.format;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Information about the case that formats include in addition to its findings.
 *
 * @param toolVersion Pagestream's version
 * @param started when the analysis began
 * @param ended when it ended; for a live cluster, when the export began
 * @param acquired when the images were acquired, if given by the user; images do not contain this
 * @param images the images in the order of the case; empty for a live cluster
 */
public record ExportFacts(
    String toolVersion,
    Instant started,
    Instant ended,
    @Nullable Instant acquired,
    List<Image> images) {
  /** Copies its list. */
  public ExportFacts {
    images = List.copyOf(images);
  }

  /**
   * One image.
   *
   * @param imageId image
   * @param name display name
   * @param sizeBytes size of its files, in bytes
   * @param sha256 digest of its file, in hex; null if unknown or if it has several files
   */
  public record Image(String imageId, String name, long sizeBytes, @Nullable String sha256) {}
}
