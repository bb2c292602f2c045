package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.ArrayList;
import java.util.List;

/** Hazards that occur in more than one profile, as named in records. */
public final class Hazards {
  /**
   * Two mappings of the page differ in their cache types: data read through either may be stale.
   */
  public static final String CACHE_ALIAS = "cache-alias";

  /** No source says whether the page is memory, so the answer may be that for other pages. */
  public static final String MEMBERSHIP_UNKNOWN = "membership-unknown";

  /** No source has the page's cache type: if it has another than the requested one, that stays. */
  public static final String TYPE_UNKNOWN = "type-unknown";

  private Hazards() {}

  /** Those that follow from the facts of a page alone. */
  public static List<String> of(PageFacts facts) {
    if (!facts.aliased() && !facts.undetermined()) {
      return List.of();
    }
    List<String> hazards = new ArrayList<>(3);
    if (facts.undetermined()) {
      hazards.add(MEMBERSHIP_UNKNOWN);
      if (facts.established() == CacheType.UNKNOWN) {
        hazards.add(TYPE_UNKNOWN);
      }
    }
    if (facts.aliased()) {
      hazards.add(CACHE_ALIAS);
    }
    return hazards;
  }
}
