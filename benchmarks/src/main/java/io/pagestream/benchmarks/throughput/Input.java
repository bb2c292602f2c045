package io.pagestream.benchmarks.throughput;

import io.pagestream.schemas.page.Pages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * An image that is measured.
 *
 * @param bytes its size, unpacked
 * @param zeroPages how many of its pages are all zero
 */
record Input(Path image, long bytes, long zeroPages) {
  /** Reads the image once, which also brings it into the page cache. */
  static Input of(Path image) throws IOException {
    byte[] zero = new byte[Pages.SIZE];
    byte[] page = new byte[Pages.SIZE];
    long bytes = 0;
    long zeroPages = 0;
    try (InputStream in = new BufferedInputStream(DenseImage.open(image), 1 << 20)) {
      for (int read = in.readNBytes(page, 0, page.length);
          read > 0;
          read = in.readNBytes(page, 0, page.length)) {
        bytes += read;
        zeroPages += read == page.length && Arrays.equals(page, zero) ? 1 : 0;
      }
    }
    return new Input(image, bytes, zeroPages);
  }

  /** For people. */
  String description() {
    return String.format(
        Locale.ROOT,
        "`%s`: %.1f MiB, %.1f %% zero pages",
        image.getFileName(),
        bytes / (double) (1 << 20),
        100.0 * zeroPages * Pages.SIZE / bytes);
  }
}
