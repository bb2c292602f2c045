package io.pagestream.images.memorytype;

import java.util.Optional;

/**
 * What was given of the processor's own memory-type registers: what a page-table walk needs to turn
 * the bits of an entry into a memory type.
 *
 * @param mtrr the MTRRs, if they were given
 * @param pat the page attribute table, if it was given
 */
public record CacheFacts(Optional<MtrrState> mtrr, Optional<PatLayout> pat) {
  /** Nothing was given. */
  public static final CacheFacts NONE = new CacheFacts(Optional.empty(), Optional.empty());
}
