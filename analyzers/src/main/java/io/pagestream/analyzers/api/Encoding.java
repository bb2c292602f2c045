package io.pagestream.analyzers.api;

/** The encoding of an artifact in memory. */
public enum Encoding {
  ASCII("ascii"),
  UTF_8("utf-8"),
  UTF_16LE("utf-16le"),
  UTF_16BE("utf-16be"),
  BINARY("binary");

  private final String word;

  Encoding(String word) {
    this.word = word;
  }

  /** The word used in findings. */
  public String word() {
    return word;
  }
}
