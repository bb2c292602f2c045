package io.pagestream.cases.store;

import io.pagestream.cases.casefolder.VerdictJson;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of one image of a live case, in a file that is loaded like {@code verdicts.jsonl}.
 *
 * @param rows spans in the file, the first ones by address
 * @param left number of spans after them
 * @param end address after the last one in the file
 */
record VerdictFile(long rows, long left, long end) {
  /**
   * Writes the file.
   *
   * @param most maximum number of spans in it
   */
  static VerdictFile write(Path file, String imageId, VerdictStore verdicts, int most) {
    long[] counts = new long[3];
    try (VerdictJson json = new VerdictJson(Files.newOutputStream(file))) {
      verdicts.forEachSpan(span -> {
        if (counts[0] == most) {
          counts[1]++;
          return;
        }
        counts[0]++;
        counts[2] = span.physicalAddress() + Pages.address(span.pageCount());
        write(json, imageId, span);
      });
    } catch (UncheckedIOException e) {
      throw unwritable(file, e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    return new VerdictFile(counts[0], counts[1], counts[2]);
  }

  private static void write(VerdictJson json, String imageId, PageSpan span) {
    try {
      json.write(imageId, "", span);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException unwritable(Path file, Exception cause) {
    return SystemFailure.writing(file.toString(), "the verdicts cannot be written", cause);
  }

  /** A remark about omitted spans; null if there are none. */
  @Nullable String remark() {
    if (left == 0) {
      return null;
    }
    return "A live case shows the verdicts of %,d spans of pages by address: those from 0x%x on, %,d spans, are shown when the case is finished and opened from its folder."
        .formatted(rows, end, left);
  }
}
