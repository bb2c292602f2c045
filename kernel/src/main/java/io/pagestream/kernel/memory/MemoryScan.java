package io.pagestream.kernel.memory;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches a range of virtual memory for short patterns, across the borders of pages, up to a limit
 * of mapped bytes.
 */
public final class MemoryScan {
  /** Kernels with all their data take under 64 MiB; debug builds up to 200. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int CHUNK = 64 << 10;

  private final VirtualMemory memory;
  private final long start;
  private final long end;

  /** A search of the mapped pages of a range. */
  public MemoryScan(VirtualMemory memory, long start, long end) {
    this.memory = memory;
    this.start = start;
    this.end = end;
  }

  /**
   * Addresses at which the pattern is, ascending.
   *
   * @param pattern at most a page long
   * @param most maximum number of addresses
   */
  public List<Long> find(byte[] pattern, int most) {
    List<Long> found = new ArrayList<>();
    byte[] chunk = new byte[CHUNK + pattern.length];
    int kept = 0;
    long expected = start;
    long done = 0;
    long page = memory.nextMapped(start, end);
    while (Long.compareUnsigned(page, end) < 0 && done < MOST_BYTES && found.size() < most) {
      kept = page == expected ? kept : 0;
      int length = kept;
      long next = page;
      while (length + Pages.SIZE <= chunk.length
          && Long.compareUnsigned(next, end) < 0
          && memory.tryRead(next, chunk, length, Pages.SIZE)) {
        length += Pages.SIZE;
        next += Pages.SIZE;
      }
      match(chunk, length, pattern, page - kept, most, found);
      done += Math.max(next - page, Pages.SIZE);
      int keep = Math.min(pattern.length - 1, length);
      System.arraycopy(chunk, length - keep, chunk, 0, keep);
      kept = keep;
      expected = next;
      page = memory.nextMapped(next == page ? page + Pages.SIZE : next, end);
    }
    return found;
  }

  private static void match(
      byte[] bytes, int length, byte[] pattern, long address, int most, List<Long> found) {
    byte first = pattern[0];
    for (int i = 0; i + pattern.length <= length && found.size() < most; i++) {
      if (bytes[i] == first && matches(bytes, i, pattern)) {
        found.add(address + i);
      }
    }
  }

  private static boolean matches(byte[] bytes, int at, byte[] pattern) {
    for (int i = 1; i < pattern.length; i++) {
      if (bytes[at + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }
}
