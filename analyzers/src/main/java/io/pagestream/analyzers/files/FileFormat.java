package io.pagestream.analyzers.files;

import org.jspecify.annotations.Nullable;

/** One file format: how it begins and what its header must look like. */
interface FileFormat {
  /** Kind of finding. */
  String kind();

  /** The bytes that every file of this format begins with; at least two. */
  byte[] magic();

  /**
   * Checks the whole header.
   *
   * <p>The rest of a file may lie in other pages, and what follows this page in physical memory may
   * be something else. So what lies beyond {@link HeaderBytes#inPage()} may confirm a file, but
   * cannot disprove one that its first page has proved.
   *
   * @param header the bytes from the magic on, which has been compared already
   * @return what it is, or null if it is no such file
   */
  @Nullable FileDescription describe(HeaderBytes header);
}
