package io.pagestream.images.pagetable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Top-level tables of 32-bit systems among an image's candidates. */
final class ShortTables {
  private ShortTables() {}

  /** The mode indicated by the candidates; empty if there are none. */
  static Optional<PagingMode> guess(RootCandidates candidates) {
    if (candidates.windowsPae.size() > 0) {
      return Optional.of(PagingMode.PAE);
    }
    boolean any = candidates.windows32.size() + candidates.linux32.size() > 0;
    return any ? Optional.of(PagingMode.TWO_LEVEL) : Optional.empty();
  }

  /** The system that wrote the tables. */
  static GuestSystem system(RootCandidates candidates, PagingMode mode) {
    boolean windows =
        mode == PagingMode.PAE || candidates.windows32.size() >= candidates.linux32.size();
    return windows ? GuestSystem.WINDOWS : GuestSystem.LINUX;
  }

  /**
   * The roots of a mode. Instead of PAE's top-level table, which is too small to be recognized,
   * this is the directory whose first four entries are a copy of it.
   */
  static List<Long> inUse(RootCandidates candidates, PagingMode mode) {
    if (mode == PagingMode.PAE) {
      return addresses(candidates.windowsPae);
    }
    return system(candidates, mode) == GuestSystem.WINDOWS
        ? addresses(candidates.windows32)
        : sameDirectMap(candidates.linux32);
  }

  private static List<Long> addresses(AddressList list) {
    List<Long> addresses = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      addresses.add(list.address(i));
    }
    return addresses;
  }

  /** Linux's candidates with the most frequent first kernel entry. */
  private static List<Long> sameDirectMap(AddressList candidates) {
    Map<Long, Integer> counts = new HashMap<>();
    long usual = 0;
    for (int i = 0; i < candidates.size(); i++) {
      long value = candidates.value(i);
      int count = counts.merge(value, 1, Integer::sum);
      usual = count > counts.getOrDefault(usual, 0) ? value : usual;
    }
    List<Long> same = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.value(i) == usual) {
        same.add(candidates.address(i));
      }
    }
    return same;
  }
}
