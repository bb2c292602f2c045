package io.pagestream.mapper.policy;

/** Outcome of a row of the {@code windows} table. */
enum WindowsOutcome {
  /** Refuses; nothing is granted. */
  REFUSE,
  /** Maps with the requested attribute. */
  GRANT_R,
  /** Maps with the established attribute instead of the requested one. */
  GRANT_E,
  /** Depends on {@link WindowsOptions#ioConflict}. */
  IO_CHOICE,
  /** Keeps the verdict and adds a hazard to it. */
  ADD_HAZARD
}
