package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;

/**
 * The decision for a page.
 *
 * @param kind mapped, overridden or refused
 * @param row number of the deciding row in the profile's decision table
 * @param reason short kebab-case reason; empty when mapped as requested
 * @param requested requested cache type; {@code UNKNOWN} if the request specifies none
 * @param established established cache type
 * @param granted granted cache type; {@code UNKNOWN} when refused
 * @param hazards hazards for a driver despite the verdict, kebab-case
 */
public record Verdict(
    VerdictKind kind,
    int row,
    String reason,
    CacheType requested,
    CacheType established,
    CacheType granted,
    List<String> hazards) {
  /** Copies its list. */
  public Verdict {
    hazards = List.copyOf(hazards);
  }

  /** Whether the page may not be mapped. */
  public boolean refused() {
    return kind == VerdictKind.REFUSED;
  }

  /** Refused by a row. */
  public static Verdict refused(
      DecisionRow<?, ?> row, CacheType requested, CacheType established, List<String> hazards) {
    return new Verdict(
        VerdictKind.REFUSED,
        row.number(),
        row.reason(),
        requested,
        established,
        CacheType.UNKNOWN,
        hazards);
  }

  /** Mapped as requested by a row. */
  public static Verdict mapped(
      DecisionRow<?, ?> row, CacheType requested, CacheType established, List<String> hazards) {
    return new Verdict(
        VerdictKind.MAPPED, row.number(), "", requested, established, requested, hazards);
  }

  /** Mapped by a row, with another type than the requested one. */
  public static Verdict overridden(
      DecisionRow<?, ?> row,
      String reason,
      CacheType requested,
      CacheType established,
      CacheType granted,
      List<String> hazards) {
    return new Verdict(
        VerdictKind.OVERRIDDEN, row.number(), reason, requested, established, granted, hazards);
  }
}
