package io.pagestream.mapper.stage;

import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.Pages;

/** Checks a manifest before the runs of its image are judged. */
final class ManifestCheck {
  /** Maximum number of pages in a run ({@code PageRun.avsc}). */
  static final int MAX_RUN_PAGES = 256;

  /**
   * Ids have 32 characters; slightly longer ones are harmless, a store key of a megabyte is not.
   */
  private static final int MAX_ID_LENGTH = 128;

  private ManifestCheck() {}

  static void check(ImageManifest manifest, RangeMap map) {
    String id = manifest.getImageId();
    require(
        !id.isEmpty() && id.length() <= MAX_ID_LENGTH && id.indexOf('/') < 0,
        "its image id is empty, too long or has a slash");
    require(manifest.getPageSizeBytes() == Pages.SIZE, "its page size is not 4096");
    require(manifest.getRangeMapPages() == map.pages(), "its page count is not that of its ranges");
    require(
        manifest.getRunPages() >= 1 && manifest.getRunPages() <= MAX_RUN_PAGES,
        "its runs have no pages or more than 256");
    require(
        manifest.getRunsPerBlock() >= 1
            && manifest.getRunsPerBlock() <= BlockLayout.MAX_RUNS_PER_BLOCK,
        "its blocks have no runs or more than 256");
    require(
        manifest.getRunCount() >= 0 && manifest.getRunCount() <= map.pages(),
        "it has fewer pages than runs");
    require(
        manifest.getLookBehindBytes() >= 0 && manifest.getLookAheadBytes() >= 0,
        "it has neighbors of negative length");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "the manifest contradicts itself: " + otherwise,
          "check the program that wrote it");
    }
  }
}
