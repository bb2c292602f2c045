package io.pagestream.analyzers.files;

import org.jspecify.annotations.Nullable;

/**
 * One file format: its first bytes and the check of its header.
 *
 * @param kind kind of finding
 * @param magic the bytes that every file of this format begins with, each as one character; at
 *     least two
 * @param headerBytes length of the shortest header, from the magic on
 * @param header checks the whole header
 */
record FileFormat(String kind, String magic, int headerBytes, Header header) {

  /** The check of a header. */
  @FunctionalInterface
  interface Header {
    /**
     * Checks the whole header.
     *
     * <p>The rest of a file may lie in other pages, and what follows this page in physical memory
     * may be something else. So what lies beyond {@link HeaderBytes#inPage()} may confirm a file,
     * but cannot disprove one that its first page has proved.
     *
     * @param header the bytes from the magic on, which has been compared already
     * @return its description, or null if it is not a file of this format
     */
    @Nullable FileDescription describe(HeaderBytes header);
  }

  /**
   * Describes a file.
   *
   * <p>The rest of a file may be in other pages, and the data after this page in physical memory
   * may be unrelated. Bytes beyond {@link HeaderBytes#inPage()} may therefore confirm a file, but
   * cannot disprove one that its first page has proved.
   *
   * @param bytes the bytes from the magic on, which has been compared already
   * @return its description, or null if it is not a file of this format
   */
  @Nullable FileDescription describe(HeaderBytes bytes) {
    return bytes.has(0, headerBytes) ? header.describe(bytes) : null;
  }
}
