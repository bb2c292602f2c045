package io.pagestream.images.writing;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageCounts;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.List;

/**
 * The pages of an image whose bytes it holds. A survey reads the image once and determines which
 * these are, so that headers and tables can be written before the pages. Holds no state in
 * proportion to the pages, only to the number of contiguous runs. Not thread-safe.
 */
public final class StoredMemory {
  /** Pages read at a time: 1 MiB. */
  private static final int BLOCK_PAGES = 256;

  private static final Blocks NOTHING = (physicalAddress, bytes) -> {};

  private final MemoryImage image;
  private final Intervals stored;
  private final PageCounts counts;
  private Blocks onBlock = NOTHING;

  private StoredMemory(MemoryImage image, Intervals stored, PageCounts counts) {
    this.image = image;
    this.stored = stored;
    this.counts = counts;
  }

  /** Receives progress. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each block.
     *
     * @param pages pages read so far
     */
    void read(long pages);
  }

  /** Receives pages. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * Called for contiguous pages, by ascending address.
     *
     * @param physicalAddress address of the first page
     * @param bytes their bytes, whole pages, at most 1 MiB; valid only during the call
     */
    void accept(long physicalAddress, MemorySegment bytes) throws IOException;
  }

  /** Reads the memory. */
  @FunctionalInterface
  public interface Task {
    /** Reads the memory. */
    void run(StoredMemory memory) throws IOException, InterruptedException;
  }

  /**
   * Reads all pages of an image.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public static StoredMemory survey(MemoryImage image, Progress progress)
      throws InterruptedException {
    Intervals.Builder stored = new Intervals.Builder();
    PageCounts.Counter counts = new PageCounts.Counter();
    long done = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Pages.address(BLOCK_PAGES), Pages.SIZE);
      PageState[] states = new PageState[BLOCK_PAGES];
      for (PhysicalExtent extent : image.extents()) {
        for (long page = 0; page < extent.pageCount(); ) {
          requireRunning();
          long address = extent.physicalAddress() + Pages.address(page);
          long hole = Math.min(extent.pageCount() - page, image.zeroPagesFrom(address));
          if (hole > 0) {
            counts.count(PageState.PRESENT, hole);
            stored.add(address, address + Pages.address(hole));
            page += hole;
            done += hole;
            progress.read(done);
            continue;
          }
          int count = (int) Math.min(BLOCK_PAGES, extent.pageCount() - page);
          image.read(address, count, buffer, states);
          for (int i = 0; i < count; i++) {
            counts.count(states[i]);
            if (states[i].hasBytes()) {
              stored.add(address + Pages.address(i), address + Pages.address(i + 1L));
            }
          }
          page += count;
          done += count;
          progress.read(done);
        }
      }
    }
    return new StoredMemory(image, stored.build(), counts.counts());
  }

  /** Facts about the image. */
  public ImageFacts facts() {
    return image.facts();
  }

  /** All memory that the image describes, stored or not. */
  public List<PhysicalExtent> described() {
    return image.extents();
  }

  /** The stored memory, in bytes of physical addresses: whole pages, sorted, not adjacent. */
  public Intervals stored() {
    return stored;
  }

  /** The described memory, joined across extents: sorted, not adjacent. */
  public Intervals describedRanges() {
    Intervals.Builder ranges = new Intervals.Builder();
    image.extents().forEach(extent -> ranges.add(extent.physicalAddress(), extent.endAddress()));
    return ranges.build();
  }

  /** How many pages are in which state. */
  public PageCounts counts() {
    return counts;
  }

  /** The number of page frames up to the last described one. */
  public long frameLimit() {
    return Pages.frameNumber(image.extents().getLast().endAddress());
  }

  /**
   * Reads the stored pages.
   *
   * @param blocks receives them
   * @throws IOException if the receiver does
   * @throws InterruptedException if the thread was interrupted
   * @throws PagestreamException IMAGE_CHANGED if a page is no longer readable
   */
  public void forEachBlock(Blocks blocks) throws IOException, InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Pages.address(BLOCK_PAGES), Pages.SIZE);
      for (PhysicalExtent extent : image.extents()) {
        long at = extent.physicalAddress();
        for (int i = stored.firstAfter(at); i < stored.size() && at < extent.endAddress(); i++) {
          long end = Math.min(stored.end(i), extent.endAddress());
          at = Math.max(at, stored.start(i));
          for (; at < end; at += Pages.address(BLOCK_PAGES)) {
            requireRunning();
            int count = (int) Math.min(BLOCK_PAGES, Pages.frameNumber(end - at));
            MemorySegment bytes = readStored(at, count, buffer);
            onBlock.accept(at, bytes);
            blocks.accept(at, bytes);
          }
          at = end;
        }
      }
    }
  }

  /**
   * The digest of all stored pages in the order of their addresses.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public byte[] digest(MessageDigest digest, Progress progress)
      throws IOException, InterruptedException {
    return digesting(digest, progress, memory -> memory.forEachBlock((address, bytes) -> {}));
  }

  /**
   * The digest of the pages that a task reads while it runs.
   *
   * @param progress receives the number of pages read by the task
   * @param task receives this memory; must read all of it exactly once
   * @throws InterruptedException if the thread was interrupted
   */
  public byte[] digesting(MessageDigest digest, Progress progress, Task task)
      throws IOException, InterruptedException {
    long[] done = {0};
    onBlock =
        (physicalAddress, bytes) -> {
          digest.update(bytes.asByteBuffer());
          done[0] += Pages.frameNumber(bytes.byteSize());
          progress.read(done[0]);
        };
    try {
      task.run(this);
    } finally {
      onBlock = NOTHING;
    }
    return digest.digest();
  }

  private MemorySegment readStored(long physicalAddress, int count, MemorySegment buffer) {
    PageState[] states = new PageState[count];
    image.read(physicalAddress, count, buffer, states);
    for (int i = 0; i < count; i++) {
      if (!states[i].hasBytes()) {
        throw PagestreamException.of(
            ErrorCode.IMAGE_CHANGED,
            "the page at 0x%x could be read before, but no longer"
                .formatted(physicalAddress + Pages.address(i)),
            "check the disk; if the image is still being written, wait until it is complete");
      }
    }
    return buffer.asSlice(0, Pages.address(count));
  }

  private static void requireRunning() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while reading an image");
    }
  }
}
