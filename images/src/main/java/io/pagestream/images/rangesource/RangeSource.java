package io.pagestream.images.rangesource;

import java.util.List;

/**
 * One side file's claims.
 *
 * @param kind what it is; its ordinal is its order of trust
 * @param file its name without the directory, for people
 * @param claims sorted, disjoint, page aligned: see {@link ClaimedRanges}
 */
public record RangeSource(SideFileKind kind, String file, List<Claim> claims) {
  /** Copies the list. */
  public RangeSource {
    claims = List.copyOf(claims);
  }

  /** What it is called in the range map and in warnings. */
  public String word() {
    return kind.word();
  }
}
