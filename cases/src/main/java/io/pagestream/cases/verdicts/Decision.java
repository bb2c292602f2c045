package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import java.util.List;

/**
 * What the mapper decided for a page, and from what.
 *
 * @param verdict mapped, overridden or refused
 * @param profile cache-policy profile
 * @param row number of the row of the profile's table that decided
 * @param reason short kebab-case reason; empty when mapped as requested
 * @param requested cache type that was asked for
 * @param established cache type that the page already had
 * @param granted cache type that was granted; UNKNOWN when refused
 * @param rangeKind kind of the range that the page lies in
 * @param provenance who says so
 * @param hazards what a driver would run into though the verdict stands, kebab-case
 */
public record Decision(
    VerdictKind verdict,
    String profile,
    int row,
    String reason,
    CacheType requested,
    CacheType established,
    CacheType granted,
    RangeKind rangeKind,
    RangeProvenance provenance,
    List<String> hazards) {
  /** Copies its list. */
  public Decision {
    hazards = List.copyOf(hazards);
  }

  static Decision of(VerdictSpan span) {
    return new Decision(
        span.getVerdict(),
        span.getProfile(),
        span.getRow(),
        span.getReason(),
        span.getRequested(),
        span.getEstablished(),
        span.getGranted(),
        span.getRangeKind(),
        span.getProvenance(),
        span.getHazards());
  }

  /** Whether the page may not be mapped. */
  public boolean refused() {
    return verdict == VerdictKind.REFUSED;
  }
}
