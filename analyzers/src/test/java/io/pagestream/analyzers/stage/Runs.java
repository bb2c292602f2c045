package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

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
    return ImageManifest.newBuilder()
        .setImageId(IMAGE)
        .setName("image.raw")
        .setFormat("raw")
        .setFiles(List.of())
        .setRanges(List.of())
        .setRangeMapPages(runCount)
        .setRunPages(64)
        .setRunsPerBlock(1)
        .setRunCount(runCount)
        .setLookBehindBytes(512)
        .setLookAheadBytes(4096)
        .setHints(Map.of())
        .setWarnings(List.of())
        .build();
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
    return PageRun.newBuilder()
        .setImageId(IMAGE)
        .setRunIndex(runIndex)
        .setPhysicalAddress(Pages.address(FIRST_FRAME))
        .setPageCount(pages.length())
        .setZeroPages(bitmap(pages, 'z'))
        .setExcludedPages(bitmap(pages, 'x'))
        .setUnreadablePages(bitmap(pages, 'u'))
        .setWithheldPages(bitmap(pages, 'W'))
        .setPages(payload.flip())
        .setLookBehind(ByteBuffer.wrap(behind))
        .setLookAhead(ByteBuffer.wrap(ahead))
        .setVerdicts(verdicts(pages))
        .build();
  }

  static byte fill(int page) {
    return (byte) ((FIRST_FRAME + page) % 255 + 1);
  }

  private static ByteBuffer bitmap(String pages, char letter) {
    ByteBuffer bitmap = PageBitmap.allocate(pages.length());
    for (int page = 0; page < pages.length(); page++) {
      if (pages.charAt(page) == letter) {
        PageBitmap.set(bitmap, page);
      }
    }
    return bitmap;
  }

  private static List<VerdictSpan> verdicts(String pages) {
    return java.util.stream.IntStream.range(0, pages.length())
        .mapToObj(page -> span(page, pages.charAt(page) == 'R' || pages.charAt(page) == 'W'))
        .toList();
  }

  private static VerdictSpan span(int page, boolean refused) {
    return VerdictSpan.newBuilder()
        .setFirstPage(page)
        .setPageCount(1)
        .setVerdict(refused ? VerdictKind.REFUSED : VerdictKind.MAPPED)
        .setRow(refused ? 2 : 5)
        .setProfile("windows")
        .setReason(refused ? "large-page" : "")
        .setRequested(CacheType.WRITE_BACK)
        .setEstablished(CacheType.WRITE_BACK)
        .setGranted(refused ? CacheType.UNKNOWN : CacheType.WRITE_BACK)
        .setRangeKind(RangeKind.RAM)
        .setProvenance(RangeProvenance.CONTAINER)
        .build();
  }
}
