package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.ArrayList;
import java.util.List;

/**
 * The 48 combinations with which every profile's table is tested: memory or not, a large page or
 * not, four established types and three requested ones.
 */
final class Combinations {
  private static final List<CacheType> ESTABLISHED =
      List.of(
          CacheType.NOT_ESTABLISHED,
          CacheType.WRITE_BACK,
          CacheType.UNCACHED,
          CacheType.WRITE_COMBINING);
  static final List<CacheType> REQUESTED =
      List.of(CacheType.WRITE_BACK, CacheType.UNCACHED, CacheType.WRITE_COMBINING);

  private Combinations() {}

  /** One combination. */
  record Combination(boolean memory, boolean large, CacheType established, CacheType requested) {
    /** Outside memory the established type is that of a live mapping, too. */
    PageFacts facts() {
      return Facts.of(
          memory,
          established,
          large,
          false,
          false,
          memory ? CacheType.NOT_ESTABLISHED : established);
    }
  }

  /** All of them. */
  static List<Combination> all() {
    List<Combination> all = new ArrayList<>();
    for (boolean memory : new boolean[] {true, false}) {
      for (boolean large : new boolean[] {true, false}) {
        for (CacheType established : ESTABLISHED) {
          for (CacheType requested : REQUESTED) {
            all.add(new Combination(memory, large, established, requested));
          }
        }
      }
    }
    return all;
  }
}
