package io.pagestream.analyzers.api;

import io.pagestream.schemas.finding.Location;

/** What an analyzer sees of a run: bytes, or what page tables say of its pages. */
public sealed interface View permits Window, Mappings {
  /** Which of the views an analyzer asks for. */
  enum Kind {
    /** Windows of memory, and of what was decoded from it. */
    BYTES,
    /**
     * What the image's own page tables say of the pages of a run, whether they have bytes or not.
     */
    MAPPINGS
  }

  /** Whether an artifact that starts at {@code offset} belongs to this view. */
  boolean owns(int offset);

  /** Whether an artifact of this view may take up these bytes. */
  boolean mayHold(int offset, int length);

  /** Where a byte is. */
  Location locationOf(int offset);
}
