package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.Pages;

/** Limits for the quantities in a manifest. */
final class ManifestRules {
  /** Maximum number of pages in a run; see {@code PageRun.avsc}. */
  private static final int MOST_RUN_PAGES = 256;

  private static final long MOST_PAGES = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  private ManifestRules() {}

  static void check(ImageManifest manifest) {
    require(manifest.getPageSizeBytes() == Pages.SIZE, "page size", manifest.getPageSizeBytes());
    within("pages of a run", manifest.getRunPages(), 1, MOST_RUN_PAGES);
    within("runs of a block", manifest.getRunsPerBlock(), 1, BlockLayout.MAX_RUNS_PER_BLOCK);
    within("runs", manifest.getRunCount(), 0, MOST_PAGES);
    within("pages of the range map", manifest.getRangeMapPages(), 0, MOST_PAGES);
    within("absent pages", manifest.getAbsentPages(), 0, manifest.getRangeMapPages());
    for (AddressRange range : manifest.getRanges()) {
      within("pages of a range", range.getPageCount(), 0, MOST_PAGES);
    }
  }

  /**
   * Whether two manifests of an image describe the same runs of the same memory, so that one may be
   * a later state of the other.
   */
  static boolean agree(ImageManifest one, ImageManifest other) {
    return one.getRunCount() == other.getRunCount()
        && one.getRunPages() == other.getRunPages()
        && one.getRunsPerBlock() == other.getRunsPerBlock()
        && one.getRangeMapPages() == other.getRangeMapPages()
        && one.getAbsentPages() == other.getAbsentPages()
        && one.getKernelFindings() == other.getKernelFindings()
        && one.getFormat().equals(other.getFormat())
        && one.getRanges().equals(other.getRanges());
  }

  private static void within(String what, long value, long least, long most) {
    require(value >= least && value <= most, what, value);
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "invalid manifest: " + what + " " + value,
          "check the version that wrote it");
    }
  }
}
