package io.pagestream.cases.map;

/** The bands of a map: the aspects that it shows of each page. */
public enum Band {
  /** What the range is. */
  RANGES("ranges"),
  /** What the image holds of the page. */
  CONTENT("content"),
  /** The cache type that the page already has. */
  CACHE_TYPES("types"),
  /** The cache type that a request gets. */
  GRANTED_TYPES("granted"),
  /** What was decided. */
  VERDICTS("verdicts"),
  /** How much was found. */
  FINDINGS("findings");

  private final String title;

  Band(String title) {
    this.title = title;
  }

  /** A short title for people. */
  public String title() {
    return title;
  }
}
