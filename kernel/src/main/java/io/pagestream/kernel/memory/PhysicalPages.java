package io.pagestream.kernel.memory;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.pagetable.AddressTranslator;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An image's pages through a cache of 8 MiB. Used by one thread. */
public final class PhysicalPages implements AddressTranslator.Entries, AutoCloseable {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Slots of one page; a page's slot follows from its frame number. */
  private static final int SLOTS = 2048;

  private static final long EMPTY = -1;

  private final MemoryImage image;
  private final ReadBudget budget;
  private final Intervals extents;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment cache = arena.allocate(Pages.address(SLOTS), 64);
  private final long[] frames = new long[SLOTS];
  private final boolean[] readable = new boolean[SLOTS];
  private final PageState[] state = new PageState[1];

  /** The pages of an image, which must stay open. */
  public PhysicalPages(MemoryImage image, ReadBudget budget) {
    this.image = image;
    this.budget = budget;
    this.extents =
        Intervals.of(image.extents(), PhysicalExtent::physicalAddress, PhysicalExtent::endAddress);
    Arrays.fill(frames, EMPTY);
  }

  /** Whether an extent of the image contains an address. */
  public boolean covers(long physicalAddress) {
    return extents.contains(physicalAddress);
  }

  /** The budget that all reading spends. */
  public ReadBudget budget() {
    return budget;
  }

  /**
   * Copies bytes of one page.
   *
   * @param length at most to the end of the page
   * @return whether the image has the page's bytes
   */
  public boolean copy(long physicalAddress, byte[] destination, int offset, int length) {
    long at = slotOf(physicalAddress);
    if (at < 0) {
      return false;
    }
    MemorySegment.copy(cache, ValueLayout.JAVA_BYTE, at, destination, offset, length);
    return true;
  }

  @Override
  public long entryAt(long physicalAddress) {
    long at = slotOf(physicalAddress);
    return at < 0 ? 0 : cache.get(LONG, at);
  }

  /** Position of an address in the cache; negative if the image does not have its page. */
  private long slotOf(long physicalAddress) {
    budget.spend();
    if (physicalAddress < 0 || physicalAddress >= Pages.ADDRESS_LIMIT) {
      return -1;
    }
    long frame = Pages.frameNumber(physicalAddress);
    int slot = (int) (frame & (SLOTS - 1));
    if (frames[slot] != frame) {
      frames[slot] = frame;
      readable[slot] = load(frame, slot);
    }
    return readable[slot] ? Pages.address(slot) + (physicalAddress & (Pages.SIZE - 1)) : -1;
  }

  private boolean load(long frame, int slot) {
    if (!covers(Pages.address(frame))) {
      return false;
    }
    try {
      image.read(Pages.address(frame), 1, cache.asSlice(Pages.address(slot), Pages.SIZE), state);
      return state[0].hasBytes();
    } catch (PagestreamException e) {
      return false; // problems with the file are reported when the run with this page is read
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
