package io.pagestream.images.rangesource;

import io.pagestream.images.interval.Sweep;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One source's claims as sorted, disjoint, page-aligned ranges. If claims nest, the deepest one is
 * used. If they overlap at one depth, or if several share a page, the most cautious kind is used:
 * the firmware's own rule for e820 (the higher type number wins) and the kernel's for pages that
 * are only partly memory (it does not use them as memory).
 */
public final class ClaimedRanges {
  private static final Comparator<Claim> STRONGEST_FIRST =
      Comparator.comparingInt(Claim::depth)
          .thenComparingInt(claim -> caution(claim.kind()))
          .thenComparingLong(Claim::start)
          .reversed()
          // Independent of the order of lines: equal claims differ only in these.
          .thenComparingLong(Claim::end)
          .thenComparing(Claim::name)
          .thenComparing(Claim::established);

  private final List<Claim> pieces = new ArrayList<>();

  private ClaimedRanges() {}

  /** Sorted, disjoint, page-aligned claims with the same content. */
  public static List<Claim> of(List<Claim> claims) {
    ClaimedRanges ranges = new ClaimedRanges();
    Sweep<Claim> sweep =
        new Sweep<>(Claim::start, Claim::end, STRONGEST_FIRST) {
          @Override
          protected void show(Claim claim, long start, long end) {
            append(ranges.pieces, claim, start, end);
          }
        };
    sweep.run(claims);
    return ranges.onPages();
  }

  /** Cuts the pieces at page boundaries; a page that several share gets the most cautious one. */
  private List<Claim> onPages() {
    List<Claim> aligned = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Claim piece = pieces.get(i);
      long done = aligned.isEmpty() ? 0 : aligned.getLast().end();
      long start = Math.max(Pages.floor(piece.start()), done);
      long shared = Pages.floor(piece.end());
      if (shared > start) {
        append(aligned, piece, start, shared);
      }
      long page = Math.max(start, shared);
      if (page < piece.end()) { // its last page is partly covered and was not claimed yet
        append(aligned, strongestOn(page, i), page, page + Pages.SIZE);
      }
    }
    return aligned;
  }

  private Claim strongestOn(long page, int first) {
    Claim strongest = pieces.get(first);
    for (int i = first + 1; i < pieces.size(); i++) {
      Claim piece = pieces.get(i);
      if (piece.start() >= page + Pages.SIZE) {
        break;
      }
      strongest = caution(piece.kind()) > caution(strongest.kind()) ? piece : strongest;
    }
    return strongest;
  }

  private static void append(List<Claim> to, Claim claim, long start, long end) {
    Claim last = to.isEmpty() ? null : to.getLast();
    boolean same =
        last != null
            && last.end() == start
            && last.kind() == claim.kind()
            && last.established() == claim.established()
            && last.name().equals(claim.name());
    if (last != null && same) {
      start = last.start();
      to.removeLast();
    }
    to.add(new Claim(start, end, claim.depth(), claim.kind(), claim.name(), claim.established()));
  }

  private static int caution(RangeKind kind) {
    return switch (kind) {
      case UNKNOWN -> 0;
      case RAM -> 1;
      case PERSISTENT -> 2;
      case ACPI -> 3;
      case FIRMWARE_RESERVED -> 4;
      case FRAME_BUFFER -> 5;
      case DEVICE -> 6;
    };
  }
}
