package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Maps doubtful bytes of a flattened dump to the file that it represents. */
final class FlattenedDoubts {
  /** Maximum number of separate stretches; further ones become part of the last. */
  private static final int MOST = 64;

  private FlattenedDoubts() {}

  static List<DoubtfulBytes> of(DoubtfulBytes doubt, List<FlattenedGroups.Group> groups) {
    if (doubt.length() == 0) {
      return List.of(new DoubtfulBytes(doubt.reason(), 0, 0, doubt.message()));
    }
    List<DoubtfulBytes> stretches = new ArrayList<>();
    groups.stream()
        .filter(group -> touches(doubt, group))
        .sorted(Comparator.comparingLong(FlattenedGroups.Group::target))
        .forEach(group -> add(doubt, group, stretches));
    return stretches;
  }

  /** A group's data and headers are contiguous in the file. */
  private static boolean touches(DoubtfulBytes doubt, FlattenedGroups.Group group) {
    long headers = (long) FlattenedGroups.RECORDS_IN_GROUP * FlattenedGroups.RECORD_HEADER;
    return group.source() < doubt.end()
        && group.source() + group.length() + headers > doubt.offset();
  }

  private static void add(
      DoubtfulBytes doubt, FlattenedGroups.Group group, List<DoubtfulBytes> stretches) {
    long end = group.target() + group.length();
    DoubtfulBytes last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null && (last.end() >= group.target() || stretches.size() == MOST)) {
      long until = Math.max(last.end(), end);
      stretches.set(
          stretches.size() - 1,
          new DoubtfulBytes(doubt.reason(), last.offset(), until - last.offset(), doubt.message()));
    } else {
      stretches.add(
          new DoubtfulBytes(doubt.reason(), group.target(), group.length(), doubt.message()));
    }
  }
}
