package io.pagestream.mapper.policy;

/** The result of row 9; sources differ, so it is an option. */
public enum IoConflict {
  /** The request is refused: a ReactOS fork with a list of live I/O mappings. The default. */
  REJECT,
  /** The live mapping's attribute is granted, as a second author in the OSR thread describes. */
  OVERRIDE,
  /** The requested attribute is granted unchecked: ReactOS' main line. */
  ALLOW
}
