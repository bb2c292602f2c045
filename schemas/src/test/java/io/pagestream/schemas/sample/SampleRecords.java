package io.pagestream.schemas.sample;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.PageBitmap;
import java.nio.ByteBuffer;
import java.util.List;

/** Valid records of which a test sets only what it is about. */
public final class SampleRecords {
  private SampleRecords() {}

  /** A raw image with no files and no ranges, one page in each run, one run in each block. */
  public static ImageManifest.Builder manifest(String imageId, long runCount) {
    return ImageManifest.newBuilder()
        .setImageId(imageId)
        .setName("image.raw")
        .setFormat("raw")
        .setFiles(List.of())
        .setRanges(List.of())
        .setRangeMapPages(runCount)
        .setRunPages(64)
        .setRunsPerBlock(1)
        .setRunCount(runCount)
        .setLookBehindBytes(512)
        .setLookAheadBytes(4096);
  }

  /** The end of an image. */
  public static ImageClosed closed(String imageId, long runCount) {
    return ImageClosed.newBuilder()
        .setImageId(imageId)
        .setRunCount(runCount)
        .setState(ImageState.CLOSED)
        .setFiles(List.of())
        .setReadCounts(new PageCounts())
        .build();
  }

  /** A run without bytes, of pages that are neither zero nor missing. */
  public static PageRun.Builder run(
      String imageId, long runIndex, long physicalAddress, int pageCount) {
    return PageRun.newBuilder()
        .setImageId(imageId)
        .setRunIndex(runIndex)
        .setPhysicalAddress(physicalAddress)
        .setPageCount(pageCount)
        .setZeroPages(PageBitmap.empty())
        .setExcludedPages(PageBitmap.empty())
        .setUnreadablePages(PageBitmap.empty())
        .setPages(PageBitmap.empty())
        .setLookBehind(PageBitmap.empty())
        .setLookAhead(PageBitmap.empty());
  }

  /**
   * A run without bytes.
   *
   * @param pages a letter for each page: {@code z} zero, {@code x} excluded, {@code u} unreadable,
   *     {@code W} withheld, or any other
   */
  public static PageRun.Builder run(
      String imageId, long runIndex, long physicalAddress, String pages) {
    return run(imageId, runIndex, physicalAddress, pages.length())
        .setZeroPages(bitmap(pages, 'z'))
        .setExcludedPages(bitmap(pages, 'x'))
        .setUnreadablePages(bitmap(pages, 'u'))
        .setWithheldPages(bitmap(pages, 'W'));
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

  /**
   * A decision of the Windows profile for pages of memory: refused by row 2, or mapped by row 5.
   */
  public static VerdictSpan.Builder verdict(int firstPage, int pageCount, boolean refused) {
    return VerdictSpan.newBuilder()
        .setFirstPage(firstPage)
        .setPageCount(pageCount)
        .setVerdict(refused ? VerdictKind.REFUSED : VerdictKind.MAPPED)
        .setRow(refused ? 2 : 5)
        .setProfile("windows")
        .setReason(refused ? "large-page" : "")
        .setRequested(CacheType.WRITE_BACK)
        .setEstablished(CacheType.WRITE_BACK)
        .setGranted(refused ? CacheType.UNKNOWN : CacheType.WRITE_BACK)
        .setRangeKind(RangeKind.RAM)
        .setProvenance(RangeProvenance.CONTAINER);
  }
}
