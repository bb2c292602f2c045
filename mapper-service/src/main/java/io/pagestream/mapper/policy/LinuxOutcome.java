package io.pagestream.mapper.policy;

/** Outcome of a row of the {@code linux} table. */
enum LinuxOutcome {
  /** Refuses; nothing is granted. */
  REFUSE,
  /** Maps with the requested type. */
  GRANT_R,
  /** Maps with the type that the page or the overlapping entry has. */
  GRANT_E,
  /** Maps write-back, regardless of the request. */
  GRANT_WRITE_BACK,
  /** Makes the request one for UC-, and leaves the decision to the rows that follow. */
  ASK_UNCACHED_MINUS
}
