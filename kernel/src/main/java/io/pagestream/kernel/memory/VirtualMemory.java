package io.pagestream.kernel.memory;

import io.pagestream.images.pagetable.AddressTranslator;
import io.pagestream.images.pagetable.PagingMode;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The memory of one address space, little-endian. Every read either returns all bytes or throws
 * {@link DamagedRecordException}. Used by one thread.
 */
public final class VirtualMemory {
  private static final int SLOTS = 1024;
  private static final long PAGE_OFFSET = Pages.SIZE - 1;

  private final PhysicalPages pages;
  private final PagingMode mode;
  private final long encryptionMask;
  private final AddressTranslator translator;
  private final long root;
  private final long[] virtualFrames = new long[SLOTS];
  private final long[] physicalFrames = new long[SLOTS];
  private final byte[] word = new byte[Long.BYTES];
  private final ByteBuffer wordBuffer = ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * An address space.
   *
   * @param encryptionMask address bits of entries that mark encrypted pages; 0 without
   * @param root physical address of its top-level table
   */
  public VirtualMemory(PhysicalPages pages, PagingMode mode, long encryptionMask, long root) {
    this.pages = pages;
    this.mode = mode;
    this.encryptionMask = encryptionMask;
    this.root = root;
    this.translator = new AddressTranslator(mode, encryptionMask, pages, root);
    Arrays.fill(virtualFrames, 1); // no frame: a tag is a page-aligned address
  }

  /** Another address space of the same machine. */
  public VirtualMemory under(long otherRoot) {
    return new VirtualMemory(pages, mode, encryptionMask, otherRoot);
  }

  /** Physical address of its top-level table. */
  public long root() {
    return root;
  }

  /** Format of its page tables. */
  public PagingMode mode() {
    return mode;
  }

  /** The machine's pages. */
  public PhysicalPages pages() {
    return pages;
  }

  /** The physical address of a virtual one, or {@link AddressTranslator#UNMAPPED}. */
  public long translate(long virtualAddress) {
    long page = virtualAddress & ~PAGE_OFFSET;
    int slot = (int) (page >>> 12) & (SLOTS - 1);
    if (virtualFrames[slot] != page) {
      physicalFrames[slot] = translator.translate(page);
      virtualFrames[slot] = page;
    }
    long physical = physicalFrames[slot];
    return physical == AddressTranslator.UNMAPPED
        ? physical
        : physical + (virtualAddress & PAGE_OFFSET);
  }

  /**
   * The next mapped page in a range of virtual addresses.
   *
   * @return its address, or {@code end} if there is none
   */
  public long nextMapped(long start, long end) {
    long at = start & ~PAGE_OFFSET;
    while (Long.compareUnsigned(at, end) < 0) {
      if (translator.translate(at) != AddressTranslator.UNMAPPED) {
        return at;
      }
      long span = translator.span();
      long next = (at & -span) + span;
      if (Long.compareUnsigned(next, at) <= 0) {
        return end;
      }
      at = next;
    }
    return end;
  }

  /** Whether all bytes of a range can be read. */
  public boolean tryRead(long virtualAddress, byte[] destination, int offset, int length) {
    long at = virtualAddress;
    int done = 0;
    while (done < length) {
      int part = (int) Math.min(length - done, Pages.SIZE - (at & PAGE_OFFSET));
      long physical = translate(at);
      if (physical < 0 || !pages.copy(physical, destination, offset + done, part)) {
        return false;
      }
      at += part;
      done += part;
    }
    return true;
  }

  /** Fills an array. */
  public void read(long virtualAddress, byte[] destination) {
    if (!tryRead(virtualAddress, destination, 0, destination.length)) {
      throw missing(virtualAddress);
    }
  }

  /** The bytes of a range; the caller limits its length. */
  public byte[] bytes(long virtualAddress, int length) {
    byte[] bytes = new byte[length];
    read(virtualAddress, bytes);
    return bytes;
  }

  /** Unsigned 8-bit integer. */
  public int u8(long virtualAddress) {
    return (int) word(virtualAddress, 1) & 0xff;
  }

  /** Unsigned 16-bit integer. */
  public int u16(long virtualAddress) {
    return (int) word(virtualAddress, 2) & 0xffff;
  }

  /** Signed 32-bit integer. */
  public int i32(long virtualAddress) {
    return (int) word(virtualAddress, 4);
  }

  /** Unsigned 32-bit integer. */
  public long u32(long virtualAddress) {
    return word(virtualAddress, 4) & 0xffff_ffffL;
  }

  /** 64-bit integer or pointer. */
  public long u64(long virtualAddress) {
    return word(virtualAddress, 8);
  }

  private long word(long virtualAddress, int length) {
    wordBuffer.putLong(0, 0);
    if (!tryRead(virtualAddress, word, 0, length)) {
      throw missing(virtualAddress);
    }
    return wordBuffer.getLong(0);
  }

  /** Text up to a NUL byte or a limit; may be hostile. */
  public String text(long virtualAddress, int most) {
    byte[] bytes = new byte[most];
    int length = 0;
    while (length < most) {
      int part =
          (int) Math.min(most - length, Pages.SIZE - ((virtualAddress + length) & PAGE_OFFSET));
      if (!tryRead(virtualAddress + length, bytes, length, part)) {
        throw missing(virtualAddress + length);
      }
      for (int i = length; i < length + part; i++) {
        if (bytes[i] == 0) {
          return new String(bytes, 0, i, StandardCharsets.UTF_8);
        }
      }
      length += part;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static DamagedRecordException missing(long virtualAddress) {
    return new DamagedRecordException(
        "virtual address 0x%x is not in the image".formatted(virtualAddress));
  }
}
