package io.pagestream.mapper.policy;

/** What row 9 does; the sources differ, so it is a choice. */
public enum IoConflict {
  /** The request is refused: a ReactOS fork with a list of live I/O mappings. The default. */
  REJECT,
  /** The live mapping's attribute is granted: the seed thread's second speaker. */
  OVERRIDE,
  /** The requested attribute is granted unchecked: ReactOS' main line. */
  ALLOW
}
