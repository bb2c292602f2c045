package io.pagestream.exports.picture;

/** The bands of the picture, from top to bottom. */
enum Band {
  RANGES("ranges"),
  CONTENT("content"),
  CACHE_TYPES("types"),
  VERDICTS("verdicts"),
  FINDINGS("findings");

  private final String title;

  Band(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
