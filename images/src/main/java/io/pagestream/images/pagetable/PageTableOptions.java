package io.pagestream.images.pagetable;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import java.util.Optional;

/**
 * How an image's page tables are read.
 *
 * @param depth how much of them
 * @param memoryTypes what the machine's MTRRs say; without them memory is taken as write-back, but
 *     for the ISA window, of which nothing is assumed
 * @param pat the machine's IA32_PAT; without it the one that the system usually writes
 */
public record PageTableOptions(
    PageTableDepth depth, Optional<MemoryTypeRanges> memoryTypes, Optional<PatLayout> pat) {

  /** All tables, nothing known of MTRRs and PAT. */
  public static PageTableOptions defaults() {
    return of(PageTableDepth.ALL);
  }

  /** Nothing known of MTRRs and PAT. */
  public static PageTableOptions of(PageTableDepth depth) {
    return new PageTableOptions(depth, Optional.empty(), Optional.empty());
  }

  /** The same with what is known of MTRRs and PAT. */
  public PageTableOptions withMemoryTypes(CacheFacts facts) {
    return new PageTableOptions(depth, facts.mtrr().map(MtrrState::ranges), facts.pat());
  }
}
