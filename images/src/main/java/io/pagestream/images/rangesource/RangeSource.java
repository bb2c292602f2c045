package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeProvenance;
import java.util.List;

/**
 * The claims of one sidecar, or of the kernel's own records.
 *
 * @param word its name in the range map and in warnings
 * @param provenance whether it is a sidecar
 * @param file its name without the directory, for display; empty for the kernel's own records
 * @param claims sorted, disjoint, page aligned: see {@link ClaimedRanges}
 */
public record RangeSource(
    String word, RangeProvenance provenance, String file, List<Claim> claims) {
  /** Copies the list. */
  public RangeSource {
    claims = List.copyOf(claims);
  }

  /** The claims of a sidecar. */
  public RangeSource(SideFileKind kind, String file, List<Claim> claims) {
    this(kind.word(), RangeProvenance.SIDE_FILE, file, claims);
  }

  /**
   * The claims of the kernel's own records.
   *
   * @param word name of the record: {@code kernel-resources}, {@code kernel-log}
   */
  public static RangeSource recorded(String word, List<Claim> claims) {
    return new RangeSource(word, RangeProvenance.KERNEL_RECORDS, "", ClaimedRanges.of(claims));
  }
}
