package io.pagestream.mapper.policy;

/** Hazards that occur in more than one profile, as named in records. */
final class Hazards {
  /**
   * Two mappings of the page differ in their cache types: data read through either may be stale.
   */
  static final String CACHE_ALIAS = "cache-alias";

  private Hazards() {}
}
