package io.pagestream.schemas.ledger;

import java.util.List;

/**
 * Whether an image's pages add up: mapped + overridden + refused + zero + excluded + absent = pages
 * of its range map. All quantities are pages.
 *
 * @param imageId image
 * @param name its name for people
 * @param rangeMapPages pages of the range map
 * @param mapped non-zero pages mapped as requested
 * @param overridden non-zero pages mapped with the established cache type
 * @param refused pages that may not be mapped
 * @param zero readable pages that hold only zeros
 * @param excluded pages that the image says were left out
 * @param absentWithoutBytes pages of the range map for which the image has nothing, so that no run
 *     carries them
 * @param unreadable pages that the image should hold but that could not be read
 * @param problems what does not add up, in sentences; empty if everything does
 * @param notes what is worth knowing though everything adds up, in sentences
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

  /** Pages of the range map that could not be had: without bytes in the image, or unreadable. */
  public long absent() {
    return absentWithoutBytes + unreadable;
  }

  /** All pages that are accounted for. */
  public long accounted() {
    return mapped + overridden + refused + zero + excluded + absent();
  }

  /** The sum as people write it. */
  public String equation() {
    String sum =
        "mapped %d + overridden %d + refused %d + zero %d + excluded %d + absent %d = %d"
            .formatted(mapped, overridden, refused, zero, excluded, absent(), accounted());
    return accounted() == rangeMapPages
        ? sum + " = pages of the range map"
        : sum + ", but the range map has " + rangeMapPages + " pages";
  }
}
