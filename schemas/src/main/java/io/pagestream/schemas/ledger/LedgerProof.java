package io.pagestream.schemas.ledger;

import java.util.List;

/**
 * Whether an image's pages add up: mapped + overridden + refused + zero + excluded + absent = pages
 * of its range map. All quantities are pages.
 *
 * @param imageId image
 * @param name its display name
 * @param rangeMapPages pages of the range map
 * @param mapped non-zero pages mapped as requested
 * @param overridden non-zero pages mapped with the established cache type
 * @param refused pages that may not be mapped
 * @param zero readable pages that contain only zeros
 * @param excluded pages that were left out according to the image
 * @param absentWithoutBytes pages of the range map that are not in the image, so that no run
 *     carries them
 * @param unreadable pages that are part of the image but could not be read
 * @param problems differences, in sentences; empty if there are none
 * @param notes further information, in sentences
 */
public record LedgerProof(
    String imageId,
    String name,
    long rangeMapPages,
    long mapped,
    long overridden,
    long refused,
    long zero,
    long excluded,
    long absentWithoutBytes,
    long unreadable,
    List<String> problems,
    List<String> notes) {
  /** Copies its lists. */
  public LedgerProof {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Whether nothing is missing and nothing is counted twice. */
  public boolean addsUp() {
    return problems.isEmpty();
  }

  /** Pages of the range map without bytes: not in the image, or unreadable. */
  public long absent() {
    return absentWithoutBytes + unreadable;
  }

  /** All pages that are accounted for. */
  public long accounted() {
    return mapped + overridden + refused + zero + excluded + absent();
  }

  /** The sum as text. */
  public String equation() {
    String sum =
        "mapped %d + overridden %d + refused %d + zero %d + excluded %d + absent %d = %d"
            .formatted(mapped, overridden, refused, zero, excluded, absent(), accounted());
    return accounted() == rangeMapPages
        ? sum + " = pages of the range map"
        : sum + ", but the range map has " + rangeMapPages + " pages";
  }
}
