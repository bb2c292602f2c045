package io.pagestream.images.source;

import io.pagestream.schemas.doubt.DoubtReason;

/**
 * A doubtful stretch of a file's bytes, after decompression. Formats convert it to physical
 * addresses.
 *
 * @param reason the reason
 * @param offset first byte, as an offset for {@link ImageBytes#read}
 * @param length length in bytes; 0 if it concerns no existing byte
 * @param message one sentence: the problem, with file and offset, and a remedy
 */
public record DoubtfulBytes(DoubtReason reason, long offset, long length, String message) {
  /** In place of a length: to the end of the file. */
  public static final long TO_END = Long.MAX_VALUE;

  /** Offset after the last byte; safe against overflow. */
  public long end() {
    return length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
  }
}
