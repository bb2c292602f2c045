package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Pages that named roots reach as page tables although user mode can access them. No system maps
 * its page tables for user mode, so a program may have written their entries: they annotate like
 * roots that were found by their shape, and decide nothing.
 *
 * <p>A forged table can map the genuine ones for user mode, to make these doubtful too. A table is
 * therefore condemned by the entries of tables that are above suspicion. If suspicious tables
 * accuse each other, the one without which the remaining tables look most ordinary is condemned
 * first, as a genuine one maps only what the system gave to a program.
 */
final class ForgedTables {
  /** No table is forged. */
  static final ForgedTables NONE = new ForgedTables(Set.of(), null);

  /** Maximum number of suspicious tables that are compared; if there are more, all are forged. */
  private static final int MOST_TOLD_APART = 4096;

  private static final int MOST_ROUNDS = 8;

  /** Maximum number of tables without which a walk is tried, in each round. */
  private static final int MOST_TRIED = 8;

  private static final int MOST_LISTED = 8;
  private static final long USER = 1 << 2;

  private final Set<Long> tables;
  private final @Nullable UserMappedTables beyond;

  private ForgedTables(Set<Long> tables, @Nullable UserMappedTables beyond) {
    this.tables = tables;
    this.beyond = beyond;
  }

  /**
   * Finds them.
   *
   * @param suspicious those that the first walk from the named roots found
   */
  static ForgedTables of(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      UserMappedTables suspicious) {
    Set<Long> condemned = new HashSet<>();
    UserMappedTables accused = suspicious;
    for (int round = 0; round < MOST_ROUNDS && accused.count() > 0; round++) {
      if (accused.count() > MOST_TOLD_APART) {
        return new ForgedTables(condemned, accused);
      }
      Set<Long> candidates = new HashSet<>(accused.first(MOST_TOLD_APART));
      UserMappedTables witnesses = new UserMappedTables(image.extents());
      walk(
          image,
          pages,
          spaces,
          users,
          table -> condemned.contains(table) || candidates.contains(table),
          walk -> witnesses);
      boolean any = condemned.addAll(candidates.stream().filter(witnesses::isUserMapped).toList());
      if (!any) {
        condemned.addAll(culprits(image, pages, spaces, users, condemned, candidates));
      }
      UserMappedTables left = new UserMappedTables(image.extents());
      walk(image, pages, spaces, users, condemned::contains, walk -> left);
      accused = left;
    }
    return new ForgedTables(condemned, accused.count() > 0 ? accused : null);
  }

  /**
   * A walk without one more table.
   *
   * @param table the table
   * @param userMapped number of remaining tables that are accessible in user mode
   * @param atTwoLevels number of pages that are used as tables of two levels
   * @param remaining the tables
   */
  private record Trial(long table, long userMapped, long atTwoLevels, Set<Long> remaining) {
    static final Comparator<Trial> BY_IRREGULARITIES =
        Comparator.comparingLong(Trial::userMapped).thenComparingLong(Trial::atTwoLevels);

    /** Whether it leaves out the same tables as another one, and more. */
    boolean leavesOutMoreThan(Trial other) {
      return remaining.size() < other.remaining.size() && other.remaining.containsAll(remaining);
    }
  }

  /**
   * Those of the candidates without which a walk shows the fewest irregularities, and that leave
   * out no more tables than necessary. Tried are the ones on most paths to a candidate: a forged
   * table can use genuine ones at a wrong level.
   */
  private static List<Long> culprits(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      Set<Long> condemned,
      Set<Long> candidates) {
    long[] sorted = candidates.stream().mapToLong(Long::longValue).sorted().toArray();
    Map<Long, Long> accusations = new HashMap<>();
    walk(
        image,
        pages,
        spaces,
        users,
        condemned::contains,
        walk ->
            (root, virtualAddress, physicalAddress, count, entry, rights) -> {
              long mapped =
                  below(sorted, physicalAddress + Pages.address(count))
                      - below(sorted, physicalAddress);
              if ((rights & USER) != 0 && mapped > 0) {
                walk.forEachOnPath(table -> {
                  if (candidates.contains(table)) {
                    accusations.merge(table, mapped, Long::sum);
                  }
                });
              }
            });
    List<Trial> trials = new ArrayList<>();
    for (long each : mostAccusing(accusations)) {
      UserMappedTables left = new UserMappedTables(image.extents());
      TableLevels levels = new TableLevels();
      walk(
          image,
          pages,
          spaces,
          users,
          table -> table == each || condemned.contains(table),
          walk -> WalkSink.both(left, levels.sink()));
      trials.add(new Trial(each, left.count(), levels.atTwoLevels(), levels.tables()));
    }
    if (trials.isEmpty()) {
      return List.copyOf(candidates);
    }
    Trial best = Collections.min(trials, Trial.BY_IRREGULARITIES);
    List<Trial> equal =
        trials.stream().filter(trial -> Trial.BY_IRREGULARITIES.compare(trial, best) == 0).toList();
    return equal.stream()
        .filter(trial -> equal.stream().noneMatch(trial::leavesOutMoreThan))
        .map(Trial::table)
        .toList();
  }

  /** The tables with most accusations. */
  private static List<Long> mostAccusing(Map<Long, Long> accusations) {
    return accusations.entrySet().stream()
        .sorted(
            Map.Entry.<Long, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
        .limit(MOST_TRIED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static long below(long[] sorted, long address) {
    int found = Arrays.binarySearch(sorted, address);
    return found >= 0 ? found : -found - 1;
  }

  private interface SinkOfWalk {
    WalkSink of(TableWalk walk);
  }

  private static void walk(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      LongPredicate distrusted,
      SinkOfWalk sink) {
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    TableWalk walk = new TableWalk(pages, spaces.mode(), spaces.decoder(), imagePages, distrusted);
    walk.walkNamed(spaces.named(), users, sink.of(walk));
  }

  /** Whether the table at an address is one of them. */
  boolean contains(long table) {
    UserMappedTables more = beyond;
    return tables.contains(table) || (more != null && more.contains(table));
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return tables.isEmpty() && beyond == null;
  }

  /** Their number. */
  long count() {
    return tables.size() + (beyond == null ? 0 : beyond.count());
  }

  /** Physical addresses of some of them, ascending. */
  List<Long> first() {
    return beyond == null
        ? tables.stream().sorted().limit(MOST_LISTED).toList()
        : beyond.first(MOST_LISTED);
  }
}
