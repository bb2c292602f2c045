package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/**
 * A chain of compression sets: the pages that the boot loader restores, or those that the kernel
 * restores. The sets have no signature; a chain is recognized by several possible sets one after
 * the other.
 */
final class RestoreSet {
  /**
   * Sets that must follow each other for a chain: other bytes look like one with a probability of
   * less than 2^-10.
   */
  private static final int CHAIN = 4;

  /** Two damaged sets of the largest size. */
  private static final int SEARCH_BYTES = 160 << 10;

  /** Pages that a damaged set may have had, for the end of a chain with damage. */
  private static final int LOST_PAGES = 2 * StoredPages.MOST_BLOCK_PAGES;

  private final ImageBytes bytes;
  private final CompressionSet set;
  private final String title;
  private final long start;

  /**
   * The chain at an offset.
   *
   * @param title what it is, for messages
   */
  RestoreSet(ImageBytes bytes, boolean wide, String title, long start) {
    this.bytes = bytes;
    this.set = new CompressionSet(bytes, wide);
    this.title = title;
    this.start = start;
  }

  /**
   * Whether a chain begins here: {@value #CHAIN} sets, or fewer if the file or chain is short.
   *
   * @param pages number of pages of the chain, or a larger number
   */
  boolean isPresent(long pages) {
    return isChain(start, pages);
  }

  /** Whether a chain begins here, or a little later because sets are damaged. */
  boolean isNear(long pages) {
    return isChain(start, pages) || search(start + 1, pages) >= 0;
  }

  private boolean isChain(long offset, long pages) {
    long at = offset;
    long found = 0;
    for (int i = 0; i < CHAIN && found < pages; i++) {
      if (!set.read(at)) {
        // A set beyond the end of a truncated file proves nothing, but the first must be there.
        return i > 0 && at >= bytes.length();
      }
      found += set.pages();
      at = set.endOffset();
    }
    return true;
  }

  /**
   * The number of pages of a chain whose length the header contains at an unknown place: the
   * largest of the numbers after which a set ends; or else all possible sets.
   *
   * @param numbers numbers of the header
   * @return negative if none of the numbers fits: minus the pages of all possible sets
   */
  long measure(Set<Long> numbers) {
    long at = start;
    long pages = 0;
    long best = 0;
    while (set.read(at)) {
      pages += set.pages();
      at = set.endOffset();
      if (numbers.contains(pages)) {
        best = pages;
      }
    }
    return best > 0 ? best : -pages;
  }

  /**
   * Adds the pages of the chain. Behind a damaged set, the next one is searched for.
   *
   * @param pages number of pages, by the header
   * @param doubts receives what is damaged or missing
   */
  void addTo(StoredPages stored, long pages, List<Doubt> doubts) {
    long at = start;
    long found = 0;
    long allowance = 0;
    while (found < pages) {
      if (set.read(at)) {
        set.addTo(stored);
        found += set.pages();
        at = set.endOffset();
        continue;
      }
      if (allowance > 0 && pages - found <= allowance) {
        return; // What is still missing was in the damaged sets.
      }
      long next = at >= bytes.length() ? -1 : search(at + 1, pages - found);
      if (next < 0) {
        doubts.add(missing(at, pages - found));
        return;
      }
      allowance += LOST_PAGES;
      doubts.add(
          DoubtReason.SKIPPED_HEADER.of(
              "%s: a compression set of %s at offset 0x%x is damaged; its pages are missing, and reading continues at 0x%x; copy the file again"
                  .formatted(bytes.name(), title, at, next)));
      at = next;
    }
  }

  private Doubt missing(long at, long pages) {
    boolean ended = at >= bytes.length();
    return (ended ? DoubtReason.TRUNCATED : DoubtReason.SKIPPED_HEADER)
        .of(
            "%s: %s has %,d more pages by the header, but %s at offset 0x%x; copy the file again"
                .formatted(
                    bytes.name(),
                    title,
                    pages,
                    ended ? "the file ends" : "no further compression set can be found",
                    at));
  }

  /** The next offset at which a chain begins; -1 if there is none nearby. */
  private long search(long from, long pages) {
    MemorySegment area = MemorySegment.ofArray(new byte[SEARCH_BYTES + 4]);
    long there = bytes.read(from, area);
    for (long i = 0; i + 4 <= there; i++) {
      int word = LittleEndian.i32(area, i);
      int descriptors = word & 0xff;
      int size = word >>> 8 & 0x3fffff;
      boolean possible =
          descriptors > 0
              && descriptors <= CompressionSet.MOST_DESCRIPTORS
              && size > 0
              && size <= 1 << 16;
      if (possible && isChain(from + i, pages)) {
        return from + i;
      }
    }
    return -1;
  }
}
