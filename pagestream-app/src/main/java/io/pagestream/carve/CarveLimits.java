package io.pagestream.carve;

/**
 * Limits of carving.
 *
 * @param fileBytes maximum size of one file
 * @param diskBytes maximum disk space of all files; each takes at least a page
 */
public record CarveLimits(long fileBytes, long diskBytes) {
  /** Largest accepted size of one file. */
  public static final long MOST_FILE_BYTES = 4L << 30;

  /** Checks the bounds. */
  public CarveLimits {
    if (fileBytes < 1 || fileBytes > MOST_FILE_BYTES || diskBytes < 1) {
      throw new IllegalArgumentException("limits of %d, %d bytes".formatted(fileBytes, diskBytes));
    }
  }
}
