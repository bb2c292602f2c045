package io.pagestream.schemas.doubt;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of doubts with a bounded size: adjacent ranges are joined, and only the first {@link
 * #MOST_OF_A_REASON} of each reason are listed. The last entry of a reason then spans all further
 * ranges and contains their number.
 */
public final class DoubtList {
  /** Maximum number of doubts of one reason that are listed individually. */
  public static final int MOST_OF_A_REASON = 32;

  /**
   * Maximum total number of doubts. There are few reasons, so this is a limit only against hostile
   * input.
   */
  public static final int MOST = 256;

  private static final int MOST_CHARACTERS = 400;

  private DoubtList() {}

  /** The same doubts, each once, by reason in the order of their first appearance and address. */
  public static List<Doubt> of(List<Doubt> doubts) {
    Map<String, List<Doubt>> byReason = new LinkedHashMap<>();
    for (Doubt doubt : doubts) {
      byReason.computeIfAbsent(doubt.getReason(), reason -> new ArrayList<>()).add(cut(doubt));
    }
    List<Doubt> bounded = new ArrayList<>();
    for (List<Doubt> ofReason : byReason.values()) {
      bounded.addAll(bounded(joined(ofReason)));
    }
    return List.copyOf(bounded.subList(0, Math.min(MOST, bounded.size())));
  }

  /** Address after the last page of a doubt. */
  public static long end(Doubt doubt) {
    return doubt.getPhysicalAddress() + Pages.address(doubt.getPageCount());
  }

  /** Whether the page at an address is in the range of a doubt. */
  public static boolean covers(Doubt doubt, long physicalAddress) {
    return physicalAddress >= doubt.getPhysicalAddress() && physicalAddress < end(doubt);
  }

  private static Doubt cut(Doubt doubt) {
    String message = doubt.getMessage();
    return message.length() <= MOST_CHARACTERS
        ? doubt
        : new Doubt(
            doubt.getReason(),
            doubt.getPhysicalAddress(),
            doubt.getPageCount(),
            message.substring(0, MOST_CHARACTERS - 1) + "…");
  }

  /** Doubts of one reason, sorted by address, without repetitions; adjacent ones are joined. */
  private static List<Doubt> joined(List<Doubt> doubts) {
    List<Doubt> sorted = new ArrayList<>(doubts);
    sorted.sort(Comparator.comparingLong(Doubt::getPhysicalAddress));
    List<Doubt> joined = new ArrayList<>();
    for (Doubt doubt : sorted) {
      Doubt last = joined.isEmpty() ? null : joined.getLast();
      if (doubt.equals(last)) {
        continue;
      }
      if (last != null && continues(last, doubt)) {
        long end = Math.max(end(last), end(doubt));
        joined.set(
            joined.size() - 1,
            new Doubt(
                last.getReason(),
                last.getPhysicalAddress(),
                Pages.frameNumber(end - last.getPhysicalAddress()),
                last.getMessage()));
      } else {
        joined.add(doubt);
      }
    }
    return joined;
  }

  private static boolean continues(Doubt last, Doubt next) {
    return last.getPageCount() > 0
        && next.getPageCount() > 0
        && next.getPhysicalAddress() <= end(last)
        && next.getMessage().equals(last.getMessage());
  }

  private static List<Doubt> bounded(List<Doubt> ofReason) {
    if (ofReason.size() <= MOST_OF_A_REASON) {
      return ofReason;
    }
    List<Doubt> bounded = new ArrayList<>(ofReason.subList(0, MOST_OF_A_REASON - 1));
    List<Doubt> rest = ofReason.subList(MOST_OF_A_REASON - 1, ofReason.size());
    long pages = rest.stream().mapToLong(Doubt::getPageCount).sum();
    long start = rest.getFirst().getPhysicalAddress();
    long end = rest.stream().mapToLong(DoubtList::end).max().orElse(start);
    bounded.add(
        new Doubt(
            rest.getFirst().getReason(),
            start,
            Pages.frameNumber(end - start),
            "%,d further doubts of this reason, of %,d pages, lie in this range; the first: %s"
                .formatted(rest.size(), pages, rest.getFirst().getMessage())));
    return bounded;
  }
}
