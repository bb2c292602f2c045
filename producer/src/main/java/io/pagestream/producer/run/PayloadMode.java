package io.pagestream.producer.run;

/** The transport of page bytes to the analyzers. */
public enum PayloadMode {
  /** In the records. */
  INLINE,

  /**
   * As locations in the image's file, which the analyzers read directly, for pages that the file
   * stores unchanged; all other pages in the records.
   */
  REFERENCE
}
