package io.pagestream.producer.run;

/** How the bytes of pages get to the analyzers. */
public enum PayloadMode {
  /** In the records. */
  INLINE,

  /**
   * As places in the image's file, which the analyzers read themselves, where the file stores pages
   * as they are; all other pages in the records.
   */
  REFERENCE
}
