package io.pagestream.cases.map;

/** The bands of a map: the aspects that it shows of each page. */
public enum Band {
  /** The kind of the range. */
  RANGES("ranges"),
  /** The content of the page in the image. */
  CONTENT("content"),
  /** The established cache type of the page. */
  CACHE_TYPES("types"),
  /** The granted cache type. */
  GRANTED_TYPES("granted"),
  /** The verdict. */
  VERDICTS("verdicts"),
  /** The number of findings. */
  FINDINGS("findings");

  private final String title;

  Band(String title) {
    this.title = title;
  }

  /** A short title for display. */
  public String title() {
    return title;
  }
}
