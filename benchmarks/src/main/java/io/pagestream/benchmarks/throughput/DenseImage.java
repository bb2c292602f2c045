package io.pagestream.benchmarks.throughput;

import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.schemas.page.Pages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An image without a single zero page, made of a natural one: its pages that are not zero, over and
 * over until the size is reached. The first time they stand as they were. In copy <i>n</i> they are
 * shuffled (seed <i>n</i>) and each is rotated by <i>n</i> × {@value #ROTATION} bytes, so that no
 * two copies have the same page, the same neighbours, or the same alignment of what is in them:
 * caches, branch predictors and compression cannot profit from the repetition.
 */
final class DenseImage {
  /** A multiple of 64, which keeps structures on the alignment of a cache line. */
  private static final int ROTATION = 1088;

  private static final int WINDOW_LOG_MAX = 31;

  private DenseImage() {}

  /** Writes the image; the same every time. */
  static void write(Path natural, Path dense, long size) throws IOException {
    List<byte[]> pages = nonZeroPages(natural);
    if (pages.isEmpty()) {
      throw new IOException(natural + " has no page that is not zero");
    }
    Path unfinished = dense.resolveSibling(dense.getFileName() + ".part");
    long left = size / Pages.SIZE;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
      for (int copy = 0; left > 0; copy++) {
        if (copy > 0) {
          Collections.shuffle(pages, new Random(copy));
        }
        int turn = (int) ((long) copy * ROTATION % Pages.SIZE);
        for (byte[] page : pages.subList(0, (int) Math.min(pages.size(), left))) {
          out.write(page, turn, Pages.SIZE - turn);
          out.write(page, 0, turn);
        }
        left -= Math.min(pages.size(), left);
      }
    }
    Files.move(unfinished, dense);
  }

  private static List<byte[]> nonZeroPages(Path natural) throws IOException {
    byte[] zero = new byte[Pages.SIZE];
    List<byte[]> pages = new ArrayList<>();
    try (InputStream image = open(natural)) {
      for (byte[] page = image.readNBytes(Pages.SIZE);
          page.length == Pages.SIZE;
          page = image.readNBytes(Pages.SIZE)) {
        if (!Arrays.equals(page, zero)) {
          pages.add(page);
        }
      }
    }
    return pages;
  }

  /** A raw image's bytes, unpacked if its name says that it is packed with zstd. */
  static InputStream open(Path image) throws IOException {
    InputStream file = Files.newInputStream(image);
    return image.toString().endsWith(".zst")
        ? new ZstdInputStream(file).setLongMax(WINDOW_LOG_MAX)
        : file;
  }
}
