package io.pagestream.producer.pagetable;

import java.util.List;

/**
 * Walks page tables: the kernel's halves under all roots, then the users' halves, lower virtual
 * addresses first. Depth is bounded by the paging mode, and work by a budget in proportion to the
 * image, so loops and garbage end. The same image gives the same walk.
 */
final class TableWalk {
  /**
   * A table's first visit at a level costs nothing, since there are no more tables than pages. What
   * loops and garbage multiply is visits of tables that have been walked at another address:
   * entries of such that are looked at, for each page of the image, beyond {@link #BASE_WORK}.
   */
  private static final long WORK_PER_PAGE = 4;

  private static final long BASE_WORK = 1L << 21;

  /**
   * Pages of the image for each mapping of 2 MiB that is counted, beyond {@link #BASE_LARGE}: as if
   * 256 processes had all of it mapped with large pages.
   */
  private static final long PAGES_PER_LARGE = 2;

  private static final long BASE_LARGE = 1L << 17;

  /** Tables that are walked at most, 16 GiB of them: what has been seen takes memory. */
  private static final long MOST_TABLES = 1L << 22;

  /** Tables outside the image that are told apart; beyond these each way to one counts. */
  private static final long MOST_MISSING_TOLD_APART = 1L << 16;

  /** More pages than any image has; keeps the budgets' arithmetic in range. */
  private static final long MOST_PAGES = 1L << 40;

  private final TablePages pages;
  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final WalkSink sink;
  private final SeenTables seen = new SeenTables();
  private final SeenPairs seenLeaves = new SeenPairs();
  private final long[][] entries;
  private final long[] rootEntries;
  private long workLeft;
  private long largeLeft;
  private long root;
  private boolean inKernelHalf;
  private long tables;
  private long mappings;
  private long missing;
  private long malformed;
  private long repeated;

  /**
   * A walk.
   *
   * @param imagePages number of pages of the image, which bounds the work
   */
  TableWalk(
      TablePages pages, PagingMode mode, EntryDecoder decoder, long imagePages, WalkSink sink) {
    this.pages = pages;
    this.mode = mode;
    this.decoder = decoder;
    this.sink = sink;
    long bounded = Math.min(imagePages, MOST_PAGES);
    this.workLeft = BASE_WORK + WORK_PER_PAGE * bounded;
    this.largeLeft = BASE_LARGE + bounded / PAGES_PER_LARGE;
    this.entries = new long[mode.levels()][mode.entries(1)];
    this.rootEntries = new long[mode.entries(mode.levels())];
  }

  /**
   * Walks.
   *
   * @param roots physical addresses of top-level tables
   * @param users whether the users' halves are walked too
   */
  WalkSummary walk(List<Long> roots, boolean users) {
    for (long each : roots) {
      half(each, true);
    }
    for (long each : users ? roots : List.<Long>of()) {
      half(each, false);
    }
    return summary();
  }

  /** Walks one table of any level as if it were reached at a virtual address. */
  WalkSummary walkTable(long table, int level, long virtualAddress) {
    table(table, level, virtualAddress, EntryDecoder.ALL_RIGHTS);
    return summary();
  }

  private WalkSummary summary() {
    return new WalkSummary(tables, mappings, missing, malformed, repeated, !mayGoOn());
  }

  private boolean mayGoOn() {
    return workLeft >= 0 && largeLeft >= 0 && tables < MOST_TABLES;
  }

  private void half(long rootAddress, boolean kernel) {
    root = rootAddress;
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
      sink.table(rootAddress);
    }
    for (int i = kernel ? middle : 0; i < (kernel ? all : middle) && mayGoOn(); i++) {
      entry(rootEntries[i], level, (long) i << mode.shift(level), EntryDecoder.ALL_RIGHTS);
    }
  }

  private void table(long address, int level, long virtualAddress, long rights) {
    if (missing >= MOST_MISSING_TOLD_APART && !pages.covers(address)) {
      missing++;
      return;
    }
    SeenTables.Visit visit = seen.come(address, level, virtualAddress);
    switch (visit) {
      case SHARED -> {}
      case REPEATED -> repeated++;
      case WALK, WALK_AGAIN -> {
        long[] own = entries[level - 1];
        int count = mode.entries(level);
        workLeft -= visit == SeenTables.Visit.WALK_AGAIN ? count : 0;
        if (!pages.read(address, count, mode.entryBytes(), own)) {
          missing++;
          return;
        }
        tables++;
        sink.table(address);
        for (int i = 0; i < count && mayGoOn(); i++) {
          entry(own[i], level, virtualAddress + ((long) i << mode.shift(level)), rights);
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
    } else if (!decoder.isLeaf(entry, level)) {
      long rights = decoder.rights(above, entry, level);
      table(decoder.tableAddress(entry), level - 1, virtualAddress, rights);
    } else if (level == 1 || isNewLeaf(entry, virtualAddress)) {
      long leafPages = mode.pages(level);
      largeLeft -= leafPages / 512;
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
