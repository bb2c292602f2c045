package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.page.RunPayload;
import java.nio.ByteBuffer;

/** Checks a run against its image's manifest before anything is computed from it. */
final class RunCheck {
  private RunCheck() {}

  /**
   * Checks a run.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it contradicts the manifest
   */
  static void check(OpenImage image, PageRun run) {
    ImageManifest manifest = image.manifest();
    int pageCount = run.getPageCount();
    long start = run.getPhysicalAddress();
    if (run.getRunIndex() < 0 || run.getRunIndex() >= manifest.getRunCount()) {
      throw wrong(run, "the image has " + manifest.getRunCount() + " runs");
    }
    if (pageCount < 1 || pageCount > manifest.getRunPages()) {
      throw wrong(run, pageCount + " pages, but runs have 1 to " + manifest.getRunPages());
    }
    if (start < 0 || start != Pages.floor(start) || start >= Pages.ADDRESS_LIMIT) {
      throw wrong(run, "address 0x" + Long.toHexString(start) + " is not the address of a page");
    }
    long end = start + Pages.address(pageCount);
    if (!image.map().covers(start, end)) {
      throw wrong(run, "0x%x to 0x%x is not in the range map".formatted(start, end));
    }
    checkBitmap(run, "zero", run.getZeroPages());
    checkBitmap(run, "excluded", run.getExcludedPages());
    checkBitmap(run, "unreadable", run.getUnreadablePages());
    checkBitmap(run, "doubtful", run.getDoubtfulPages());
    if (run.getWithheldPages().hasRemaining()) {
      throw wrong(run, "pages are withheld before the mapper has processed it");
    }
    long expected = Pages.address(CarriedPages.count(run));
    ReferenceCheck.check(run);
    if (RunPayload.bytes(run) != expected) {
      throw wrong(
          run, RunPayload.bytes(run) + " bytes of pages, but its bitmaps leave " + expected);
    }
    checkNeighbours(manifest, run, end);
    MappingCheck.check(run);
  }

  private static void checkBitmap(PageRun run, String name, ByteBuffer bitmap) {
    int bytes = (run.getPageCount() + 7) >>> 3;
    int lastBits = run.getPageCount() & 7;
    boolean tooLong =
        bitmap.remaining() > bytes
            || (lastBits != 0
                && bitmap.remaining() == bytes
                && (bitmap.get(bitmap.limit() - 1) & 0xff) >>> lastBits != 0);
    if (tooLong) {
      throw wrong(run, "the bitmap of " + name + " pages is longer than the run");
    }
  }

  private static void checkNeighbours(ImageManifest manifest, PageRun run, long end) {
    int behind = run.getLookBehind().remaining();
    if (behind > manifest.getLookBehindBytes() || behind > run.getPhysicalAddress()) {
      throw wrong(run, behind + " bytes before it are more than possible");
    }
    long referred = Pages.address(RunPayload.lookAheadPages(run));
    long ahead = run.getLookAheadReferences().isEmpty() ? run.getLookAhead().remaining() : referred;
    if (ahead > manifest.getLookAheadBytes() || ahead > Pages.ADDRESS_LIMIT - end) {
      throw wrong(run, ahead + " bytes after it are more than possible");
    }
  }

  static PagestreamException wrong(PageRun run, String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT,
        "run " + run.getRunIndex() + " contradicts its image's manifest: " + what,
        "check the dead letter and the program that wrote it");
  }
}
