package io.pagestream.dashboard.query;

/**
 * A property by which findings can be filtered, with its column. The names are used in addresses.
 */
public enum Facet {
  KIND("kind", "kind"),
  IMAGE("image", "image_id"),
  ANALYZER("analyzer", "analyzer"),
  ENCODING("encoding", "encoding"),
  RANGE("range", "range_kind"),
  CACHE("cache", "cache_type"),
  VERDICT("verdict", "verdict"),
  CONFIDENCE("confidence", "confidence");

  private final String parameter;
  private final String column;

  Facet(String parameter, String column) {
    this.parameter = parameter;
    this.column = column;
  }

  /** Name of the parameter. */
  public String parameter() {
    return parameter;
  }

  /** Column of the view {@code findings} and of the table {@code facets}. */
  public String column() {
    return column;
  }
}
