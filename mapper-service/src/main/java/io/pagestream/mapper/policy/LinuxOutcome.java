package io.pagestream.mapper.policy;

/** Outcome of a row of the {@code linux} table. */
enum LinuxOutcome {
  /** Refuses; nothing is granted. */
  REFUSE,
  /** Maps with the requested type. */
  GRANT_R,
  /** Maps with the type of the page or the overlapping entry. */
  GRANT_E,
  /** Maps write-back, regardless of the request. */
  GRANT_WRITE_BACK,
  /** Changes the request to UC-, and leaves the decision to the following rows. */
  ASK_UNCACHED_MINUS
}
