package io.pagestream.images.container;

import io.pagestream.images.identity.FileContent;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.EOFException;
import java.io.IOException;

/** Decompresses one file into a scratch file, as far as it goes. */
final class Decompression {
  /**
   * Result of a decompression.
   *
   * @param bytes the decompressed data, with its doubts
   * @param content the content of the compressed file
   */
  record Outcome(ImageBytes bytes, FileContent content) {}

  private static final long PROGRESS_EVERY = 8 << 20;

  private Decompression() {}

  static Outcome run(ImageBytes bytes, Wrapping wrapping, UnwrapOptions options) {
    HashingFollower hash = new HashingFollower(bytes);
    ScratchFile scratch =
        ScratchFile.create(
            options.scratchDirectory(), bytes, options.limits(), options.progress()::stored);
    try {
      decompress(bytes, hash, wrapping, options, scratch);
      if (scratch.length() == 0) {
        throw PagestreamException.inFile(
            ErrorCode.IMAGE_EMPTY,
            bytes.name(),
            "is empty inside its %s compression".formatted(wrapping.word()),
            "copy the image again or acquire it again");
      }
      bytes.doubts().forEach(doubt -> scratch.doubt(ofOuter(doubt)));
      options.progress().unwrapped(bytes.name(), bytes.length(), bytes.length(), scratch.length());
      return new Outcome(scratch.finish(), hash.content());
    } catch (Throwable e) {
      scratch.close();
      throw e;
    }
  }

  /** A doubt about compressed bytes may affect all data decompressed from them. */
  private static DoubtfulBytes ofOuter(DoubtfulBytes doubt) {
    long length = doubt.length() == 0 ? 0 : DoubtfulBytes.TO_END;
    return new DoubtfulBytes(doubt.reason(), 0, length, doubt.message());
  }

  private static void decompress(
      ImageBytes bytes,
      HashingFollower hash,
      Wrapping wrapping,
      UnwrapOptions options,
      ScratchFile scratch) {
    Progress progress = new Progress(bytes, hash, options, scratch);
    try {
      Codecs.of(wrapping, options.limits())
          .decode(new CompressedInput(bytes, progress::readTo), scratch);
    } catch (IOException e) {
      if (scratch.length() == 0) {
        throw bytes
            .corrupt(
                0,
                "nothing can be decompressed from this %s file: %s"
                    .formatted(
                        wrapping.word(),
                        e instanceof EOFException
                            ? "it is truncated"
                            : String.valueOf(e.getMessage())))
            .causedBy(e);
      }
      throw bytes.corrupt(0, String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  /** Reports progress, and keeps the digest shortly behind the reader. */
  private static final class Progress {
    private final ImageBytes bytes;
    private final HashingFollower hash;
    private final UnwrapOptions options;
    private final ScratchFile scratch;
    private long reported;

    Progress(ImageBytes bytes, HashingFollower hash, UnwrapOptions options, ScratchFile scratch) {
      this.bytes = bytes;
      this.hash = hash;
      this.options = options;
      this.scratch = scratch;
    }

    void readTo(long offset) {
      hash.follow(offset);
      if (scratch.length() - reported >= PROGRESS_EVERY) {
        reported = scratch.length();
        options.progress().unwrapped(bytes.name(), offset, bytes.length(), reported);
      }
    }
  }
}
