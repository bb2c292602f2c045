package io.pagestream.images.pagetable;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A machine with only page tables, from 1 MiB on; the rest is zero. */
final class TableHeap implements MemoryImage {
  private static final long FIRST = 1 << 20;
  private static final int TABLES_PER_PROCESS = 100;
  private static final long FLAGS = 0x67;
  private static final long SUPERVISOR = 0x63;
  private static final int LARGE = 0x80;

  private final long size;
  private final long[][] tables;
  private final List<Long> roots = new ArrayList<>();
  private int used;

  /** Tables of noise, from address 0 on, below {@link #FIRST}. */
  private long[][] noise = new long[0][];

  private int noisy;

  private TableHeap(long size, int tableCount) {
    this.size = size;
    this.tables = new long[tableCount][512];
  }

  /** Processes with 97 page tables each, full of pages, and a shared direct map. */
  static TableHeap healthy(long size, int tableCount) {
    TableHeap heap = new TableHeap(size, tableCount);
    int directMap = heap.used++;
    for (int gib = 0; gib < size >> 30; gib++) {
      int directory = heap.used++;
      heap.tables[directMap][gib] = address(directory) | FLAGS;
      for (int i = 0; i < 512; i++) {
        heap.tables[directory][i] = ((long) gib << 30) | ((long) i << 21) | SUPERVISOR | LARGE;
      }
    }
    long page = 0;
    while (heap.used + TABLES_PER_PROCESS <= tableCount) {
      int root = heap.used++;
      int pointers = heap.used++;
      int directory = heap.used++;
      heap.roots.add(address(root));
      heap.tables[root][273] = address(directMap) | FLAGS;
      heap.tables[root][0] = address(pointers) | FLAGS;
      heap.tables[pointers][0] = address(directory) | FLAGS;
      for (int i = 0; i < TABLES_PER_PROCESS - 3; i++) {
        int last = heap.used++;
        heap.tables[directory][i] = address(last) | FLAGS;
        for (int j = 0; j < 512; j++) {
          // No system maps its page tables for user mode.
          boolean table = page >= FIRST && page < address(tableCount);
          heap.tables[last][j] = page | (table ? SUPERVISOR : FLAGS);
          page = (page + 17 * Pages.SIZE) % size;
        }
      }
    }
    return heap;
  }

  private static long address(int table) {
    return FIRST + Pages.address(table);
  }

  List<Long> roots() {
    return roots;
  }

  /** Flips bits anywhere in every table. */
  void flip(Random random, int flipsPerTable) {
    for (long[] table : tables) {
      for (int i = 0; i < flipsPerTable; i++) {
        table[random.nextInt(512)] ^= 1L << random.nextInt(Long.SIZE);
      }
    }
  }

  /** Makes every entry point to some table, or map a large page, at random. */
  void scramble(Random random) {
    for (long[] table : tables) {
      for (int i = 0; i < 512; i++) {
        long large = random.nextInt(8) == 0 ? LARGE : 0;
        long target =
            large == 0 ? address(random.nextInt(tables.length)) : random.nextLong(5) << 30;
        table[i] = target | FLAGS | large;
      }
    }
  }

  /**
   * Puts tables in front of the others that point to each other at random and never end.
   *
   * @return the first of them, a root below all others
   */
  long noise(Random random, int count) {
    int before = noisy;
    noisy += count;
    noise = new long[noisy][512];
    for (long[] table : noise) {
      for (int i = 0; i < 512; i++) {
        table[i] = Pages.address(random.nextInt(noisy)) | FLAGS;
      }
    }
    return Pages.address(before);
  }

  @Override
  public ImageFacts facts() {
    return ImageFacts.of("heap");
  }

  @Override
  public List<PhysicalExtent> extents() {
    return List.of(
        new PhysicalExtent(
            0, Pages.frameNumber(size), RangeKind.RAM, RangeProvenance.CONTAINER, ""));
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    for (int i = 0; i < pageCount; i++) {
      long table = Pages.frameNumber(physicalAddress - FIRST) + i;
      MemorySegment page = destination.asSlice(Pages.address(i), Pages.SIZE);
      states[i] = PageState.PRESENT;
      if (physicalAddress >= FIRST && table < tables.length) {
        MemorySegment.copy(tables[(int) table], 0, page, ValueLayout.JAVA_LONG, 0, 512);
      } else if (Pages.frameNumber(physicalAddress) + i < noisy) {
        int index = (int) Pages.frameNumber(physicalAddress) + i;
        MemorySegment.copy(noise[index], 0, page, ValueLayout.JAVA_LONG, 0, 512);
      } else {
        page.fill((byte) 0);
      }
    }
  }

  @Override
  public void close() {}
}
