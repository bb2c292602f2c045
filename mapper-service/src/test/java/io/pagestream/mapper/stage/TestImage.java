package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageOpened;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.sample.SampleRecords;
import java.nio.ByteBuffer;
import java.util.List;

/** Small images whose pages hold their own frame number. */
final class TestImage {
  static {
    TrustedRecords.trust();
  }

  private TestImage() {}

  /** Six pages of memory, then two of a device. */
  static AddressRange[] ramAndDevice() {
    return new AddressRange[] {range(0, 6, RangeKind.RAM), range(6, 2, RangeKind.DEVICE)};
  }

  static AddressRange range(long firstPage, long pages, RangeKind kind) {
    return AddressRange.newBuilder()
        .setPhysicalAddress(Pages.address(firstPage))
        .setPageCount(pages)
        .setKind(kind)
        .setEstablished(CacheType.UNKNOWN)
        .build();
  }

  static ImageManifest manifest(
      String imageId, int runPages, long runCount, AddressRange... ranges) {
    return SampleRecords.manifest(imageId, runCount)
        .setRanges(List.of(ranges))
        .setRangeMapPages(List.of(ranges).stream().mapToLong(AddressRange::getPageCount).sum())
        .setRunPages(runPages)
        .setRunsPerBlock(2)
        .setLookBehindBytes(4096)
        .setLookAheadBytes(3 * 4096)
        .build();
  }

  /** A run of pages with bytes, without neighboring bytes. */
  static PageRun.Builder run(String imageId, long runIndex, long firstPage, int pages) {
    return SampleRecords.run(imageId, runIndex, Pages.address(firstPage), pages)
        .setPages(payload(firstPage, pages));
  }

  /** Bytes of consecutive pages. */
  static ByteBuffer payload(long firstPage, int pages) {
    ByteBuffer bytes = ByteBuffer.allocate(pages * Pages.SIZE);
    for (long page = firstPage; page < firstPage + pages; page++) {
      for (int i = 0; i < Pages.SIZE; i += Long.BYTES) {
        bytes.putLong(page);
      }
    }
    return bytes.flip();
  }

  static PageStreamRecord opened(ImageManifest manifest) {
    return new PageStreamRecord(new ImageOpened(manifest));
  }

  static PageStreamRecord closed(String imageId, long runCount) {
    return new PageStreamRecord(SampleRecords.closed(imageId, runCount));
  }
}
