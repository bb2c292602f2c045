package io.pagestream.images.conversion;

/** The steps of a conversion, each of which reads or writes all pages once. */
public enum ConversionStep {
  /** Determining which pages the image holds. */
  SURVEY("reading the image"),
  /** Writing them. */
  WRITE("writing"),
  /** Determining which pages the new file holds. */
  SURVEY_COPY("reading back"),
  /** Comparing them. */
  READ_BACK("comparing");

  private final String title;

  ConversionStep(String title) {
    this.title = title;
  }

  /** For display, such as {@code writing}. */
  public String title() {
    return title;
  }
}
