package io.pagestream.images.source;

import io.pagestream.schemas.doubt.DoubtReason;

/**
 * A stretch of a file's bytes, after decompression, that cannot be relied on. Formats translate it
 * into physical addresses.
 *
 * @param reason why
 * @param offset first byte, as {@link ImageBytes#read} counts them
 * @param length length in bytes; 0 if it concerns no byte that is there
 * @param message one sentence for people: what is wrong, with file and offset, and what to do
 */
public record DoubtfulBytes(DoubtReason reason, long offset, long length, String message) {
  /** In place of a length: to the end of the file. */
  public static final long TO_END = Long.MAX_VALUE;

  /** Offset after the last byte; safe against overflow. */
  public long end() {
    return length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
  }
}
