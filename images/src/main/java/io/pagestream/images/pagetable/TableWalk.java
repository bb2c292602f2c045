package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Walks page tables: the kernel's halves under all roots, then the users' halves, lower virtual
 * addresses first. Depth is limited by the paging mode, and work by a {@link WalkBudget}. The same
 * image gives the same walk.
 *
 * <p>Roots that the image names are walked first, each with its own budget; roots that were found
 * by their shape come after them and share one. Visited tables are remembered from one walk to the
 * next, so the second reports only mappings that the first did not reach.
 */
final class TableWalk {
  /**
   * Maximum number of distinguished tables outside the image; beyond it, each path to one is
   * counted.
   */
  private static final long MOST_MISSING_TOLD_APART = 1L << 16;

  /** Maximum number of references to distrusted tables that are followed; they only annotate. */
  private static final int MOST_DEFERRED = 1 << 16;

  private final TablePages pages;
  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final SeenTables seen = new SeenTables();
  private final SeenPairs seenLeaves = new SeenPairs();
  private final long[][] entries;
  private final long[] rootEntries;
  private final long imagePages;
  private final LongPredicate distrusted;
  private final List<Deferred> deferred = new ArrayList<>();
  private boolean trusting;
  private long current;
  private int currentLevel;
  private final long[] path;
  private WalkSink sink = (root, virtual, physical, count, entry, rights) -> {};
  private WalkBudget budget;
  private boolean gaveUp;
  private long root;
  private boolean inKernelHalf;
  private long tables;
  private long mappings;
  private long missing;
  private long malformed;
  private long repeated;

  /** A table that named roots reach, but that is walked with those found by their shape. */
  private record Deferred(long table, int level, long virtualAddress, long rights) {}

  /**
   * A walk that trusts all tables of named roots.
   *
   * @param imagePages number of pages of the image, which bounds the work
   */
  TableWalk(TablePages pages, PagingMode mode, EntryDecoder decoder, long imagePages) {
    this(pages, mode, decoder, imagePages, table -> false);
  }

  /**
   * A walk.
   *
   * @param imagePages number of pages of the image, which bounds the work
   * @param distrusted whether the table at an address is left out of the walk from named roots, and
   *     walked with the roots that were found by their shape, as if it were such a root
   */
  TableWalk(
      TablePages pages,
      PagingMode mode,
      EntryDecoder decoder,
      long imagePages,
      LongPredicate distrusted) {
    this.distrusted = distrusted;
    this.pages = pages;
    this.mode = mode;
    this.decoder = decoder;
    this.imagePages = imagePages;
    this.budget = WalkBudget.whole(imagePages);
    this.entries = new long[mode.levels()][mode.entries(1)];
    this.rootEntries = new long[mode.entries(mode.levels())];
    this.path = new long[mode.levels()];
  }

  /**
   * Walks from roots that the image names; none of them can use up the budget of another.
   *
   * @param roots physical addresses of top-level tables
   * @param users whether the users' halves are walked too
   */
  WalkSummary walkNamed(List<Long> roots, boolean users, WalkSink receiver) {
    List<WalkBudget> budgets =
        roots.stream().map(each -> WalkBudget.ofEach(imagePages, roots.size())).toList();
    trusting = true;
    WalkSummary summary = walk(roots, budgets, users, receiver);
    trusting = false;
    return summary;
  }

  /** Walks from roots that were found by their shape; they share one budget. */
  WalkSummary walkByShape(List<Long> roots, boolean users, WalkSink receiver) {
    WalkSummary summary =
        walk(
            roots,
            Collections.nCopies(roots.size(), WalkBudget.whole(imagePages)),
            users,
            receiver);
    return deferred.isEmpty() ? summary : summary.plus(walkDeferred(receiver));
  }

  private WalkSummary walkDeferred(WalkSink receiver) {
    begin(receiver);
    budget = WalkBudget.whole(imagePages);
    inKernelHalf = false;
    for (Deferred each : List.copyOf(deferred)) {
      root = each.table();
      table(each.table(), each.level(), each.virtualAddress(), each.rights());
    }
    gaveUp |= !budget.isLeft();
    return summary();
  }

  private WalkSummary walk(
      List<Long> roots, List<WalkBudget> budgets, boolean users, WalkSink receiver) {
    begin(receiver);
    for (int i = 0; i < roots.size(); i++) {
      half(roots.get(i), budgets.get(i), true);
    }
    for (int i = 0; users && i < roots.size(); i++) {
      half(roots.get(i), budgets.get(i), false);
    }
    return summary();
  }

  /** Physical address of the table whose leaf or entry a sink is receiving. */
  long currentTable() {
    return current;
  }

  /** Passes on the tables on the path to the leaf that a sink is receiving, from the root on. */
  void forEachOnPath(LongConsumer receiver) {
    for (int level = mode.levels(); level >= currentLevel; level--) {
      receiver.accept(path[level - 1]);
    }
  }

  /** Walks one table of any level as if it were reached at a virtual address. */
  WalkSummary walkTable(long table, int level, long virtualAddress, WalkSink receiver) {
    begin(receiver);
    budget = WalkBudget.whole(imagePages);
    table(table, level, virtualAddress, EntryDecoder.ALL_RIGHTS);
    gaveUp |= !budget.isLeft();
    return summary();
  }

  private void begin(WalkSink receiver) {
    sink = receiver;
    gaveUp = false;
    tables = 0;
    mappings = 0;
    missing = 0;
    malformed = 0;
    repeated = 0;
  }

  private WalkSummary summary() {
    return new WalkSummary(tables, mappings, missing, malformed, repeated, gaveUp);
  }

  private void half(long rootAddress, WalkBudget ofRoot, boolean kernel) {
    root = rootAddress;
    budget = ofRoot;
    inKernelHalf = kernel;
    int level = mode.levels();
    int all = mode.entries(level);
    int middle = mode.firstKernelEntry();
    if (!pages.read(rootAddress, all, mode.entryBytes(), rootEntries)) {
      missing += kernel ? 1 : 0; // once for both halves
      return;
    }
    if (kernel) {
      tables++;
      budget.table();
      sink.table(root, 0, Pages.floor(rootAddress), level);
    }
    for (int i = kernel ? middle : 0; i < (kernel ? all : middle) && budget.isLeft(); i++) {
      current = Pages.floor(rootAddress);
      currentLevel = level;
      path[level - 1] = current;
      entry(rootEntries[i], level, (long) i << mode.shift(level), EntryDecoder.ALL_RIGHTS);
    }
    gaveUp |= !budget.isLeft();
  }

  private void table(long address, int level, long virtualAddress, long rights) {
    if (missing >= MOST_MISSING_TOLD_APART && !pages.covers(address)) {
      missing++;
      return;
    }
    if (trusting && distrusted.test(address)) {
      sink.distrusted(root, mode.canonical(virtualAddress), address, level);
      if (deferred.size() < MOST_DEFERRED) {
        deferred.add(new Deferred(address, level, virtualAddress, rights));
      }
      return;
    }
    SeenTables.Visit visit = seen.come(address, level, virtualAddress);
    switch (visit) {
      case SHARED -> {}
      case REPEATED -> repeated++;
      case WALK, WALK_AGAIN -> {
        long[] own = entries[level - 1];
        int count = mode.entries(level);
        if (visit == SeenTables.Visit.WALK_AGAIN) {
          budget.again(count);
        }
        if (!pages.read(address, count, mode.entryBytes(), own)) {
          missing++;
          return;
        }
        tables++;
        budget.table();
        sink.table(root, mode.canonical(virtualAddress), address, level);
        for (int i = 0; i < count && budget.isLeft(); i++) {
          current = address; // again after each table below it
          currentLevel = level;
          path[level - 1] = address;
          entry(own[i], level, virtualAddress + ((long) i << mode.shift(level)), rights);
        }
        if (!budget.isLeft()) {
          seen.unfinished(address, level, virtualAddress); // the next root may have more budget
        }
      }
    }
  }

  private void entry(long entry, int level, long virtualAddress, long above) {
    if (!EntryDecoder.isPresent(entry)) {
      return;
    }
    if (decoder.isMalformed(entry, level)) {
      malformed++;
      sink.malformed(root, mode.canonical(virtualAddress), level, entry);
    } else if (!decoder.isLeaf(entry, level)) {
      long rights = decoder.rights(above, entry, level);
      table(decoder.tableAddress(entry), level - 1, virtualAddress, rights);
    } else if (level == 1 || isNewLeaf(entry, virtualAddress)) {
      long leafPages = mode.pages(level);
      budget.leaf(leafPages);
      mappings++;
      long physical = decoder.leafAddress(entry, level);
      long rights = decoder.rights(above, entry, level);
      sink.leaf(root, mode.canonical(virtualAddress), physical, leafPages, entry, rights);
    }
  }

  /**
   * 32-bit systems copy the kernel's large leaves into every process's directory: such copies are
   * one mapping, as if the directory were shared.
   */
  private boolean isNewLeaf(long entry, long virtualAddress) {
    long accessedAndDirty = 0x60;
    return mode.isLong()
        || !inKernelHalf
        || seenLeaves.add(entry & ~accessedAndDirty & Long.MAX_VALUE, virtualAddress);
  }
}
