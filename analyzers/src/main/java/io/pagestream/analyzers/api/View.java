package io.pagestream.analyzers.api;

import io.pagestream.schemas.finding.Location;

/** The view of a run for an analyzer: bytes, or page-table information about its pages. */
public sealed interface View permits Window, Mappings {
  /** The kind of view that an analyzer requests. */
  enum Kind {
    /** Windows of memory, and of data decoded from it. */
    BYTES,
    /**
     * The information in the image's own page tables about the pages of a run, with or without
     * bytes.
     */
    MAPPINGS
  }

  /** Whether an artifact that starts at {@code offset} belongs to this view. */
  boolean owns(int offset);

  /** Whether an artifact of this view may occupy these bytes. */
  boolean mayHold(int offset, int length);

  /** The location of a byte. */
  Location locationOf(int offset);
}
