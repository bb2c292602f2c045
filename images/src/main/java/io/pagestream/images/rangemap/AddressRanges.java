package io.pagestream.images.rangemap;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of ranges in which adjacent, equal ranges are joined. */
final class AddressRanges {
  private final List<AddressRange> ranges = new ArrayList<>();

  /**
   * Adds {@code [start, end)}, which must be after all others; the bounds of {@code like} are set.
   */
  void add(long start, long end, AddressRange like) {
    AddressRange last = ranges.isEmpty() ? null : ranges.getLast();
    if (last != null && PhysicalMap.endOf(last) == start && isAlike(last, like)) {
      last.setPageCount(Pages.frameNumber(end - last.getPhysicalAddress()));
    } else {
      like.setPhysicalAddress(start);
      like.setPageCount(Pages.frameNumber(end - start));
      ranges.add(like);
    }
  }

  List<AddressRange> list() {
    return ranges;
  }

  /**
   * Reduces the number of ranges, to at most {@code most} if possible: names are dropped, and the
   * smallest gaps between equal ranges become part of them.
   */
  static List<AddressRange> fewer(List<AddressRange> many, int most) {
    AddressRanges nameless = new AddressRanges();
    for (AddressRange range : many) {
      range.setName("");
      nameless.add(range.getPhysicalAddress(), PhysicalMap.endOf(range), range);
    }
    List<AddressRange> ranges = nameless.list();
    long gapToSpan = gapToSpan(ranges, most);
    List<AddressRange> spanned = new ArrayList<>();
    AddressRange last = null;
    for (AddressRange range : ranges) {
      if (last != null && gap(last, range) < gapToSpan && isAlike(last, range)) {
        last.setPageCount(Pages.frameNumber(PhysicalMap.endOf(range) - last.getPhysicalAddress()));
      } else {
        spanned.add(range);
        last = range;
      }
    }
    return spanned;
  }

  /** Smallest gap, in bytes, such that spanning all smaller ones leaves few enough ranges. */
  private static long gapToSpan(List<AddressRange> ranges, int most) {
    if (ranges.size() <= most) {
      return 0;
    }
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < ranges.size(); i++) {
      if (isAlike(ranges.get(i - 1), ranges.get(i))) {
        gaps.add(gap(ranges.get(i - 1), ranges.get(i)));
      }
    }
    gaps.sort(null);
    int toSpan = Math.min(ranges.size() - most, gaps.size());
    return toSpan == 0 ? 0 : gaps.get(toSpan - 1) + 1;
  }

  private static long gap(AddressRange before, AddressRange after) {
    return after.getPhysicalAddress() - PhysicalMap.endOf(before);
  }

  private static boolean isAlike(AddressRange a, @Nullable AddressRange b) {
    return b != null
        && a.getKind() == b.getKind()
        && a.getProvenance() == b.getProvenance()
        && a.getEstablished() == b.getEstablished()
        && a.getName().equals(b.getName())
        && a.getSource().equals(b.getSource());
  }
}
