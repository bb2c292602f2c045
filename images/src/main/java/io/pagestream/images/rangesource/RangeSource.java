package io.pagestream.images.rangesource;

import java.util.List;

/**
 * The claims of one sidecar.
 *
 * @param kind its kind; the ordinal is its order of trust
 * @param file its name without the directory, for display
 * @param claims sorted, disjoint, page aligned: see {@link ClaimedRanges}
 */
public record RangeSource(SideFileKind kind, String file, List<Claim> claims) {
  /** Copies the list. */
  public RangeSource {
    claims = List.copyOf(claims);
  }

  /** Its name in the range map and in warnings. */
  public String word() {
    return kind.word();
  }
}
