package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.sample.SampleRecords;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Judged runs for tests, written as one letter a page: {@code B} bytes (each byte is the low byte
 * of its page frame number, plus one, so never zero), {@code z} zero, {@code x} excluded, {@code u}
 * unreadable, {@code R} refused but with bytes, {@code W} refused and withheld.
 */
final class Runs {
  static final String IMAGE = "0123456789abcdef0123456789abcdef";
  static final long FIRST_FRAME = 0x100;

  private Runs() {}

  static ImageManifest manifest(long runCount) {
    return SampleRecords.manifest(IMAGE, runCount).build();
  }

  static PageRun of(long runIndex, String pages) {
    return of(runIndex, pages, new byte[0], new byte[0]);
  }

  static PageRun of(long runIndex, String pages, byte[] behind, byte[] ahead) {
    int carried = (int) pages.chars().filter(page -> page == 'B' || page == 'R').count();
    ByteBuffer payload = ByteBuffer.allocate(carried * Pages.SIZE);
    for (int page = 0; page < pages.length(); page++) {
      if (pages.charAt(page) == 'B' || pages.charAt(page) == 'R') {
        for (int i = 0; i < Pages.SIZE; i++) {
          payload.put(fill(page));
        }
      }
    }
    return SampleRecords.run(IMAGE, runIndex, Pages.address(FIRST_FRAME), pages)
        .setPages(payload.flip())
        .setLookBehind(ByteBuffer.wrap(behind))
        .setLookAhead(ByteBuffer.wrap(ahead))
        .setVerdicts(verdicts(pages))
        .build();
  }

  static byte fill(int page) {
    return (byte) ((FIRST_FRAME + page) % 255 + 1);
  }

  private static List<VerdictSpan> verdicts(String pages) {
    return java.util.stream.IntStream.range(0, pages.length())
        .mapToObj(page ->
            SampleRecords.verdict(page, 1, pages.charAt(page) == 'R' || pages.charAt(page) == 'W')
                .build())
        .toList();
  }
}
