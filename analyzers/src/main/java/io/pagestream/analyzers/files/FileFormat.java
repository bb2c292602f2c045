package io.pagestream.analyzers.files;

import org.jspecify.annotations.Nullable;

/** One file format: its first bytes and the check of its header. */
interface FileFormat {
  /** Kind of finding. */
  String kind();

  /** The bytes that every file of this format begins with; at least two. */
  byte[] magic();

  /**
   * Checks the whole header.
   *
   * <p>The rest of a file may be in other pages, and the data after this page in physical memory
   * may be unrelated. Bytes beyond {@link HeaderBytes#inPage()} may therefore confirm a file, but
   * cannot disprove one that its first page has proved.
   *
   * @param header the bytes from the magic on, which has been compared already
   * @return its description, or null if it is not a file of this format
   */
  @Nullable FileDescription describe(HeaderBytes header);
}
