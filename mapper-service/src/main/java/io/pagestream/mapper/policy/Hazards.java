package io.pagestream.mapper.policy;

/** Dangers that more than one profile knows, in the words of the records. */
final class Hazards {
  /** Two mappings of the page differ in their cache types: what either reads may be stale. */
  static final String CACHE_ALIAS = "cache-alias";

  private Hazards() {}
}
