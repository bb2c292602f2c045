package io.pagestream.mapper.call;

/** Outcome of a row for a routine. */
enum RoutineOutcome {
  /** Refuses. */
  REFUSE,
  /** Grants the requested type. */
  GRANT_R,
  /** Grants the established type; write-back if there is none. */
  GRANT_E,
  /** Grants write-back. */
  GRANT_WRITE_BACK
}
