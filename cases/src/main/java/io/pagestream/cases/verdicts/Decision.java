package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import java.util.List;

/**
 * The mapper's decision for a page, with its basis.
 *
 * @param verdict mapped, overridden or refused
 * @param profile cache-policy profile
 * @param row number of the deciding row in the profile's table
 * @param reason short kebab-case reason; empty when mapped as requested
 * @param requested requested cache type
 * @param established established cache type
 * @param granted granted cache type; UNKNOWN when refused
 * @param rangeKind kind of the range that contains the page
 * @param provenance source of the range or the established type
 * @param hazards problems that a driver would encounter despite the verdict, kebab-case
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
