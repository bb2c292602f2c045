package io.pagestream.producer.stream;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks an image's files while they are read, so that a change affects only the pages read since
 * the last check and all later pages. The pages of a compressed image were read when it was opened:
 * a later change of its file affects none of them.
 */
final class ChangeWatch {
  /** Runs between two checks: 16 MiB of memory, at a cost of a few microseconds. */
  private static final int RUNS_BETWEEN_LOOKS = 64;

  private final SourceFiles files;
  private final MemoryImage image;
  private final boolean readAtOnce;
  private int runs;
  private long unchangedUpTo;
  private long changedFrom = -1;

  ChangeWatch(SourceFiles files, MemoryImage image) {
    this.files = files;
    this.image = image;
    this.readAtOnce =
        image.facts().wrapping().stream().anyMatch(wrapping -> !wrapping.equals("flattened"));
  }

  /** A run has been read. */
  void read(PageRun run) {
    runs++;
    if (changedFrom >= 0 || runs % RUNS_BETWEEN_LOOKS != 0) {
      return;
    }
    if (files.changes().isEmpty()) {
      unchangedUpTo = run.getPhysicalAddress() + Pages.address(run.getPageCount());
    } else {
      changedFrom = unchangedUpTo;
    }
  }

  /** Changes and the affected pages, after all runs have been read. */
  List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    for (Doubt change : files.changes()) {
      if (readAtOnce) {
        doubts.add(change);
      } else {
        addRanges(change.getMessage(), doubts);
      }
    }
    return doubts;
  }

  private void addRanges(String message, List<Doubt> doubts) {
    long from = changedFrom >= 0 ? changedFrom : unchangedUpTo;
    for (PhysicalExtent extent : image.extents()) {
      long start = Math.max(from, extent.physicalAddress());
      if (start < extent.endAddress()) {
        doubts.add(
            DoubtReason.FILE_CHANGED.of(
                start, Pages.frameNumber(extent.endAddress() - start), message));
      }
    }
    if (doubts.isEmpty()) { // it changed after the last page
      doubts.add(DoubtReason.FILE_CHANGED.of(message));
    }
  }
}
