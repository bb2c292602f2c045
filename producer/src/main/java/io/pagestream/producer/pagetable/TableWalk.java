package io.pagestream.producer.pagetable;

import java.util.List;

/**
 * Walks page tables: the kernel's halves under all roots, then the users' halves, lower virtual
 * addresses first. Depth is bounded by the paging mode, and work by a budget in proportion to the
 * image, so loops and garbage end. The same image gives the same walk.
 */
final class TableWalk {
  /** Entries looked at for each page of the image, beyond {@link #BASE_WORK}. */
  private static final long WORK_PER_PAGE = 64;

  private static final long BASE_WORK = 1L << 25;
  private static final long MOST_WORK = 1L << 32;

  /** What a leaf of 512 pages costs those who count its pages, in entries. */
  private static final long WORK_PER_LARGE_LEAF = 64;

  private final TablePages pages;
  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final WalkSink sink;
  private final SeenTables seen = new SeenTables();
  private final SeenPairs seenLeaves = new SeenPairs();
  private final long[][] entries;
  private final long[] rootEntries;
  private long workLeft;
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
    this.workLeft =
        Math.min(BASE_WORK + WORK_PER_PAGE * Math.min(imagePages, MOST_WORK), MOST_WORK);
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
    return new WalkSummary(tables, mappings, missing, malformed, repeated, workLeft < 0);
  }

  /** Walks one table of any level as if it were reached at a virtual address. */
  WalkSummary walkTable(long table, int level, long virtualAddress) {
    table(table, level, virtualAddress);
    return new WalkSummary(tables, mappings, missing, malformed, repeated, workLeft < 0);
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
    workLeft -= middle;
    for (int i = kernel ? middle : 0; i < (kernel ? all : middle) && workLeft >= 0; i++) {
      entry(rootEntries[i], level, (long) i << mode.shift(level));
    }
  }

  private void table(long address, int level, long virtualAddress) {
    switch (seen.come(address, level, virtualAddress)) {
      case SHARED -> {}
      case REPEATED -> repeated++;
      case WALK -> {
        long[] own = entries[level - 1];
        int count = mode.entries(level);
        workLeft -= count;
        if (!pages.read(address, count, mode.entryBytes(), own)) {
          missing++;
          return;
        }
        tables++;
        sink.table(address);
        for (int i = 0; i < count && workLeft >= 0; i++) {
          entry(own[i], level, virtualAddress + ((long) i << mode.shift(level)));
        }
      }
    }
  }

  private void entry(long entry, int level, long virtualAddress) {
    if (!EntryDecoder.isPresent(entry)) {
      return;
    }
    if (decoder.isMalformed(entry, level)) {
      malformed++;
    } else if (!decoder.isLeaf(entry, level)) {
      table(decoder.tableAddress(entry), level - 1, virtualAddress);
    } else if (level == 1 || isNewLeaf(entry, virtualAddress)) {
      long leafPages = mode.pages(level);
      workLeft -= leafPages / 512 * WORK_PER_LARGE_LEAF;
      mappings++;
      long physical = decoder.leafAddress(entry, level);
      sink.leaf(root, mode.canonical(virtualAddress), physical, leafPages, level, entry);
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
