package io.pagestream.images.source;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;

/**
 * Limits on what the headers of a file may claim. A header is untrusted, so its claims are limited
 * in proportion to the content of the file.
 *
 * @param decoderBytes memory that a decompressor may use because a header requires it (zstd window,
 *     xz dictionary)
 * @param claimedBytes memory of the machine that any file may claim without containing it, as
 *     zeros, left out or missing; a file may always claim {@link #RATIO} times its own size
 */
public record ReadLimits(long decoderBytes, long claimedBytes) {
  /**
   * Zeros compress to 1/32768 (zstd), and a bitmap represents a page with a bit. A sparsely used
   * server of 1 TiB is accepted from a file size of 256 MiB on; a bomb of 100 KiB is limited to the
   * fixed part.
   */
  public static final long RATIO = 4096;

  /** 128 MiB for a decoder, the default limit of zstd itself; 64 GiB of claimed memory. */
  public static final ReadLimits DEFAULT = new ReadLimits(128L << 20, 64L << 30);

  /** Number of bytes that a file of a size may claim. */
  public long claimable(long fileBytes) {
    return fileBytes > Long.MAX_VALUE / RATIO
        ? Long.MAX_VALUE
        : Math.max(claimedBytes, fileBytes * RATIO);
  }

  /**
   * Refuses a claim that is out of all proportion to the file.
   *
   * @param file the file's name
   * @param offset offset of the claim
   * @param fileBytes the file's size as stored
   * @param claimed bytes that it claims without containing them
   * @param what claims them: a noun, for example {@code the flattened dump}
   * @throws PagestreamException IMAGE_IMPLAUSIBLE
   */
  public void check(String file, long offset, long fileBytes, long claimed, String what) {
    if (claimed > claimable(fileBytes)) {
      throw PagestreamException.at(
          ErrorCode.IMAGE_IMPLAUSIBLE,
          file,
          offset,
          "%s claims %,d MiB of memory in a file of %,d bytes"
              .formatted(what, claimed >> 20, fileBytes),
          "the header is damaged or made to exhaust the reader; if the machine really has that much"
              + " memory, raise --max-claimed");
    }
  }

  /**
   * Refuses a decompressor that needs too much memory.
   *
   * @throws PagestreamException DECODER_TOO_LARGE
   */
  public void checkDecoder(String file, long offset, long needed, String what) {
    if (needed > decoderBytes) {
      throw PagestreamException.at(
          ErrorCode.DECODER_TOO_LARGE,
          file,
          offset,
          "%s needs %,d MiB of memory to decompress, and %,d MiB are allowed"
              .formatted(what, (needed + (1 << 20) - 1) >> 20, decoderBytes >> 20),
          "raise --decoder-memory, or decompress the file first");
    }
  }
}
