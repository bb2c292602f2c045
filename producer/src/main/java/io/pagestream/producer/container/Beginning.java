package io.pagestream.producer.container;

import io.pagestream.producer.source.FileBytes;
import io.pagestream.producer.source.HeldBytes;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of a file without its wrapping, for a look at its headers. */
public final class Beginning {
  private static final int SIZE = 64 << 10;

  private Beginning() {}

  /**
   * The first 64 KiB of what is in a file, or all if there is less; fewer if it is damaged.
   *
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static ImageBytes of(Path file) {
    try (ImageBytes bytes = FileBytes.open(file)) {
      HeldBytes beginning = read(file, new HashingInput(bytes));
      for (int depth = 0; depth < Unwrapping.DEEPEST; depth++) {
        Wrapping wrapping = Wrapping.of(beginning.segment());
        if (wrapping == Wrapping.NONE) {
          return beginning;
        }
        beginning = unwrap(file, beginning, wrapping);
      }
      return beginning;
    }
  }

  private static HeldBytes unwrap(Path file, HeldBytes wrapped, Wrapping wrapping) {
    try (InputStream plain = Codecs.open(wrapping, new HashingInput(wrapped))) {
      return read(file, plain);
    } catch (IOException e) {
      return new HeldBytes(file.toString(), new byte[0]);
    }
  }

  /** Reads until the stream ends or breaks off, as the beginning of a compressed file does. */
  private static HeldBytes read(Path file, InputStream stream) {
    byte[] bytes = new byte[SIZE];
    int count = 0;
    try {
      while (count < SIZE) {
        int read = stream.read(bytes, count, SIZE - count);
        if (read < 0) {
          break;
        }
        count += read;
      }
    } catch (IOException e) {
      // What was read so far is what there is to look at.
    }
    return new HeldBytes(file.toString(), Arrays.copyOf(bytes, count));
  }
}
