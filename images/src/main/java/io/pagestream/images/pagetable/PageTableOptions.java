package io.pagestream.images.pagetable;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import java.util.List;
import java.util.Optional;

/**
 * Options for reading an image's page tables.
 *
 * @param depth the part to read
 * @param memoryTypes the machine's MTRRs; without them memory is assumed to be write-back, except
 *     for the ISA window, for which nothing is assumed
 * @param pat the machine's IA32_PAT; without it, the value that the system usually writes
 * @param recordedRoots top-level tables that the kernel's own records name, in bytes; the kernel's
 *     own is the first
 * @param detection facts for detections, which decide nothing
 */
public record PageTableOptions(
    PageTableDepth depth,
    Optional<MemoryTypeRanges> memoryTypes,
    Optional<PatLayout> pat,
    List<Long> recordedRoots,
    DetectionFacts detection) {
  /** Copies the list. */
  public PageTableOptions {
    recordedRoots = List.copyOf(recordedRoots);
  }

  /** All tables, without information about MTRRs and PAT. */
  public static PageTableOptions defaults() {
    return of(PageTableDepth.ALL);
  }

  /** Without information about MTRRs and PAT. */
  public static PageTableOptions of(PageTableDepth depth) {
    return new PageTableOptions(
        depth, Optional.empty(), Optional.empty(), List.of(), DetectionFacts.NONE);
  }

  /** The same with the known MTRRs and PAT. */
  public PageTableOptions withMemoryTypes(CacheFacts facts) {
    return new PageTableOptions(
        depth, facts.mtrr().map(MtrrState::ranges), facts.pat(), recordedRoots, detection);
  }

  /** The same with roots that the kernel's own records name. */
  public PageTableOptions withRecordedRoots(List<Long> physicalAddresses) {
    return new PageTableOptions(depth, memoryTypes, pat, physicalAddresses, detection);
  }

  /** The same with facts for detections. */
  public PageTableOptions withDetection(DetectionFacts facts) {
    return new PageTableOptions(depth, memoryTypes, pat, recordedRoots, facts);
  }
}
