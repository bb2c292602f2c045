package io.pagestream.cases.terminal;

import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.page.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Progress as one line. */
final class ProgressFormat {
  private ProgressFormat() {}

  /**
   * The line, at most {@code width} columns: parts that do not fit are omitted as a whole, the
   * least important first.
   *
   * @param bytesPerSecond memory analyzed per second, or 0 if not known yet
   */
  static String line(CollectProgress progress, double bytesPerSecond, int width) {
    if (progress.imagesOpened() == 0) {
      return "waiting for the first image";
    }
    long done = progress.analyzers().pages();
    List<String> parts = new ArrayList<>();
    if (progress.fileBytes() > 0) {
      return fitted(batch(progress, bytesPerSecond), width);
    }
    if (allKnown(progress)) {
      parts.add("%3d%%".formatted(percent(done, progress.pages())));
    }
    String bytes = Quantities.bytes(Pages.address(done));
    parts.add(
        allKnown(progress)
            ? bytes + " of " + Quantities.bytes(Pages.address(progress.pages()))
            : bytes);
    parts.add(Quantities.rate(bytesPerSecond));
    Duration left = timeLeft(progress, bytesPerSecond);
    parts.add("ETA " + (left == null ? "-:--" : Quantities.clock(left)));
    parts.add(Quantities.count(progress.findingsReceived()) + " findings");
    parts.add(Quantities.count(done) + " pages");
    if (progress.images() > 1) {
      parts.add("%d of %d images read".formatted(progress.imagesEnded(), progress.images()));
    }
    return fitted(parts, width);
  }

  /** The parts for several images: their total is that of the files, which is known before. */
  private static List<String> batch(CollectProgress progress, double bytesPerSecond) {
    long done = Math.min(progress.fileBytesDone(), progress.fileBytes());
    List<String> parts = new ArrayList<>();
    parts.add("%3d%%".formatted(percent(done, progress.fileBytes())));
    parts.add("%d of %d images".formatted(progress.imagesEnded(), progress.images()));
    parts.add(Quantities.bytes(done) + " of " + Quantities.bytes(progress.fileBytes()));
    parts.add(Quantities.rate(bytesPerSecond));
    Duration left = timeLeft(progress, bytesPerSecond);
    parts.add("ETA " + (left == null ? "-:--" : Quantities.clock(left)));
    parts.add(Quantities.count(progress.findingsReceived()) + " findings");
    parts.add(Quantities.count(progress.analyzers().pages()) + " pages");
    return parts;
  }

  /** The progress of the search for page tables, as a line of at most {@code width} columns. */
  static String searching(long pagesDone, long pages, int width) {
    return fitted(
        List.of(
            "%3d%%".formatted(percent(pagesDone, pages)),
            "looking for page tables",
            Quantities.bytes(Pages.address(pagesDone))
                + " of "
                + Quantities.bytes(Pages.address(pages))),
        width);
  }

  /** The progress of hashing a file, as a line of at most {@code width} columns. */
  static String hashing(String file, long bytesDone, long bytes, int width) {
    return fitted(
        List.of(
            "%3d%%".formatted(percent(bytesDone, bytes)),
            "hashing " + HostileText.printable(file),
            Quantities.bytes(bytesDone) + " of " + Quantities.bytes(bytes)),
        width);
  }

  /** The remaining time at this rate, or null if it is not known. */
  static @Nullable Duration timeLeft(CollectProgress progress, double bytesPerSecond) {
    if (bytesPerSecond >= 1 && progress.fileBytes() > 0 && progress.fileBytesDone() > 0) {
      // A compressed image represents more memory than its file has bytes.
      double perFileByte =
          (double) Pages.address(progress.analyzers().pages()) / progress.fileBytesDone();
      long left = Math.max(0, progress.fileBytes() - progress.fileBytesDone());
      return Duration.ofSeconds(Math.round(left * perFileByte / bytesPerSecond));
    }
    if (!allKnown(progress) || bytesPerSecond < 1) {
      return null;
    }
    long left = Math.max(0, progress.pages() - progress.analyzers().pages());
    return Duration.ofSeconds(Math.round(Pages.address(left) / bytesPerSecond));
  }

  private static boolean allKnown(CollectProgress progress) {
    return progress.imagesOpened() == progress.images();
  }

  private static long percent(long done, long all) {
    return all == 0 ? 100 : Math.min(100, (long) (done * 100.0 / all));
  }

  private static String fitted(List<String> parts, int width) {
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      String gap = line.isEmpty() ? "" : "  ";
      if (line.length() + gap.length() + part.length() > width) {
        break;
      }
      line.append(gap).append(part);
    }
    return line.toString();
  }
}
