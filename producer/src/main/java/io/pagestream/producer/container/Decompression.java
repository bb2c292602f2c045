package io.pagestream.producer.container;

import io.pagestream.producer.identity.FileContent;
import io.pagestream.producer.image.OpenOptions;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Decompresses one file into a scratch file, as far as it goes. */
final class Decompression {
  /**
   * What came of it.
   *
   * @param bytes what was decompressed
   * @param content what the compressed file holds
   * @param warning what stopped it before the end
   */
  record Outcome(ImageBytes bytes, FileContent content, Optional<String> warning) {}

  /** Far beyond any machine's memory, and far below what a bomb claims. */
  private static final long LARGEST_OUTPUT = 64L << 40;

  private static final int CHUNK = 1 << 20;
  private static final long PROGRESS_EVERY = 8 << 20;

  private Decompression() {}

  static Outcome run(ImageBytes bytes, Wrapping wrapping, OpenOptions options) {
    HashingInput compressed = new HashingInput(bytes);
    ScratchFile scratch =
        ScratchFile.create(options.scratchDirectory(), options.progress()::stored);
    try {
      Optional<String> warning = decompress(bytes, compressed, wrapping, options, scratch);
      if (scratch.length() == 0) {
        throw nothing(bytes, wrapping, warning);
      }
      compressed.readToEnd();
      options.progress().unwrapped(bytes.name(), bytes.length(), bytes.length(), scratch.length());
      return new Outcome(scratch.finish(bytes.name()), compressed.content(), warning);
    } catch (Throwable e) {
      scratch.close();
      throw e;
    }
  }

  private static Optional<String> decompress(
      ImageBytes bytes,
      HashingInput compressed,
      Wrapping wrapping,
      OpenOptions options,
      ScratchFile scratch) {
    byte[] chunk = new byte[CHUNK];
    long told = 0;
    try (InputStream plain = Codecs.open(wrapping, compressed)) {
      for (int count = plain.read(chunk); count >= 0; count = plain.read(chunk)) {
        if (scratch.length() + count > LARGEST_OUTPUT) {
          throw bytes.corrupt(
              0, "decompresses to more than %d TiB".formatted(LARGEST_OUTPUT >> 40));
        }
        scratch.append(chunk, count);
        if (scratch.length() - told >= PROGRESS_EVERY) {
          told = scratch.length();
          options.progress().unwrapped(bytes.name(), compressed.count(), bytes.length(), told);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the %s stream is damaged or cut off (%s): the image ends after %d bytes"
              .formatted(wrapping.word(), e.getMessage(), scratch.length()));
    }
  }

  private static PagestreamException nothing(
      ImageBytes bytes, Wrapping wrapping, Optional<String> warning) {
    return warning.isPresent()
        ? bytes.corrupt(
            0, "nothing can be decompressed from this %s file".formatted(wrapping.word()))
        : PagestreamException.inFile(
            ErrorCode.IMAGE_EMPTY,
            bytes.name(),
            "is empty inside its %s compression".formatted(wrapping.word()),
            "copy or acquire the image again");
  }
}
