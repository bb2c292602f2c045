package io.pagestream.images.memorytype;

import java.util.Optional;

/**
 * The processor's own memory-type registers, as far as given: required by a page-table walk to
 * convert the bits of an entry into a memory type.
 *
 * @param mtrr the MTRRs, if they were given
 * @param pat the page attribute table, if it was given
 */
public record CacheFacts(Optional<MtrrState> mtrr, Optional<PatLayout> pat) {
  /** Nothing was given. */
  public static final CacheFacts NONE = new CacheFacts(Optional.empty(), Optional.empty());
}
