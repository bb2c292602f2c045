package io.pagestream.analyzers.files;

import org.jspecify.annotations.Nullable;

/**
 * One file format: its first bytes and the check of its header.
 *
 * @param kind kind of finding
 * @param expression the pattern that every file of this format begins with
 * @param magicBytes length of each match of the pattern
 * @param headerBytes length of the shortest header, from the magic on
 * @param header checks the whole header
 * @param details reads attributes beyond the header; null if there are none
 */
record FileFormat(
    String kind,
    String expression,
    int magicBytes,
    int headerBytes,
    Header header,
    @Nullable Details details) {

  /** A format whose magic is always the same; each character of {@code magic} is one byte. */
  FileFormat(String kind, String magic, int headerBytes, Header header) {
    this(kind, literal(magic), magic.length(), headerBytes, header, null);
  }

  /** A format of several magics. */
  static FileFormat matching(
      String kind, String expression, int magicBytes, int headerBytes, Header header) {
    return new FileFormat(kind, expression, magicBytes, headerBytes, header, null);
  }

  /** The same format with attributes that are read from up to 64 KiB. */
  FileFormat with(Details more) {
    return new FileFormat(kind, expression, magicBytes, headerBytes, header, more);
  }

  /** An expression that matches bytes, each given as a character. */
  static String literal(String bytes) {
    StringBuilder expression = new StringBuilder();
    bytes.chars().forEach(c -> expression.append("\\x%02x".formatted(c)));
    return expression.toString();
  }

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

  /** Reads attributes from the bytes that follow a header. */
  @FunctionalInterface
  interface Details {
    /**
     * Adds attributes to a description. Bytes after the first page may belong to something else, so
     * only information that is consistent by itself is added.
     *
     * @param bytes up to 64 KiB from the magic on
     * @param file the description of the header; its attributes can be extended
     */
    void addTo(FileDescription file, HeaderBytes bytes);
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
