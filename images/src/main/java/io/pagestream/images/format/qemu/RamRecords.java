package io.pagestream.images.format.qemu;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of RAM sections (QEMU docs/devel/migration, {@code migration/ram.c}, version 4), all
 * big endian: u64 page address in a block with flags in the low 12 bits; without {@link #CONTINUE}
 * then u8 length and name of the block; then the page.
 */
final class RamRecords {
  /** The page has one value: u8. */
  private static final int ZERO = 0x02;

  /** List of blocks: u8 length, name, u64 size; the address is the sum of sizes. */
  private static final int MEM_SIZE = 0x04;

  private static final int PAGE = 0x08;
  private static final int EOS = 0x10;
  private static final int CONTINUE = 0x20;
  private static final int XBZRLE = 0x40;
  private static final int HOOK = 0x80;
  private static final int COMPRESS_PAGE = 0x100;
  private static final int MULTIFD_FLUSH = 0x200;

  private static final int FLAGS = 0xfff;
  private static final int HEADER = 8;

  /** QEMU has tens of blocks; each has a name of at most 255 bytes. */
  private static final int MOST_BLOCKS = 4096;

  /** A compressed page cannot be larger than this (zlib's bound for 4096 bytes). */
  private static final int LARGEST_COMPRESSED = 2 * Pages.SIZE;

  /** Instead of a length: these bytes are not a record. */
  static final long INVALID = -1;

  private final ImageBytes bytes;
  private final StreamWindow window;
  private final ReadLimits limits;
  private final SequencedMap<String, RamBlock> blocks = new LinkedHashMap<>();
  private @Nullable RamBlock current;
  private long pages;

  RamRecords(ImageBytes bytes, StreamWindow window, ReadLimits limits) {
    this.bytes = bytes;
    this.window = window;
    this.limits = limits;
  }

  /** The blocks, in the order of the stream. */
  SequencedMap<String, RamBlock> blocks() {
    return blocks;
  }

  /** Number of pages read so far, including those that are sent again. */
  long pages() {
    return pages;
  }

  /** Whether the record at an offset ends the section; the caller has checked that it is one. */
  boolean isEnd(long at) {
    return (window.i64(at) & FLAGS) == EOS;
  }

  /** The length of the record at an offset, or {@link #INVALID}. Nothing is noted. */
  long plausible(long at) {
    RamBlock before = current;
    try {
      return record(at, false);
    } finally {
      current = before;
    }
  }

  /**
   * Notes the record at an offset.
   *
   * @return its length, or {@link #INVALID}: it is not a record, or it is truncated
   * @throws PagestreamException FORMAT_UNSUPPORTED, IMAGE_IMPLAUSIBLE
   */
  long read(long at) {
    return record(at, true);
  }

  private long record(long at, boolean note) {
    if (!window.has(at, HEADER)) {
      return INVALID;
    }
    long header = window.i64(at);
    long address = header & ~FLAGS;
    int flags = (int) (header & FLAGS);
    if (address < 0) {
      return INVALID;
    }
    return switch (flags & ~CONTINUE) {
      case ZERO, PAGE, COMPRESS_PAGE -> page(at, address, flags, note);
      case MEM_SIZE -> note ? memorySize(at, address) : INVALID;
      case EOS, MULTIFD_FLUSH -> address == 0 ? HEADER : INVALID;
      case XBZRLE -> note ? unsupported(at, address, flags, "xbzrle") : INVALID;
      case HOOK -> note && address == 0 ? unsupported(at, address, flags, "rdma") : INVALID;
      default -> INVALID;
    };
  }

  private long page(long at, long address, int flags, boolean note) {
    long data = block(at, flags);
    RamBlock block = current;
    if (data == INVALID || block == null || address >= block.size()) {
      return INVALID;
    }
    long page = PageIndex.NONE;
    long end = INVALID;
    switch (flags & ~CONTINUE) {
      case ZERO -> {
        page = PageRecord.fill(window.u8(data));
        end = data + 1;
      }
      case PAGE -> {
        page = PageRecord.stored(data);
        end = data + Pages.SIZE;
      }
      default -> {
        page = PageRecord.compressed(data);
        long size = window.has(data, Integer.BYTES) ? window.u32(data) : 0;
        end = size == 0 || size > LARGEST_COMPRESSED ? INVALID : data + Integer.BYTES + size;
      }
    }
    if (end == INVALID || end > bytes.length()) {
      return INVALID;
    }
    if (note) {
      block.index().set(Pages.frameNumber(address), page);
      pages++;
    }
    return end - at;
  }

  /** Makes the block of a record the current one; returns the offset of what follows its name. */
  private long block(long at, int flags) {
    if ((flags & CONTINUE) != 0) {
      return at + HEADER;
    }
    int length = window.u8(at + HEADER);
    if (length <= 0 || !window.has(at + HEADER + 1, length)) {
      return INVALID;
    }
    current = blocks.get(window.text(at + HEADER + 1, length));
    return at + HEADER + 1 + length;
  }

  private long unsupported(long at, long address, int flags, String capability) {
    boolean known =
        !blocks.isEmpty() && (address == 0 || (block(at, flags) != INVALID && current != null));
    if (!known) {
      return INVALID; // damaged bytes that look like it
    }
    throw bytes.unsupported(
        "is a QEMU migration stream with the capability %s (offset 0x%x), which is not supported: %s"
            .formatted(
                capability,
                at,
                capability.equals("xbzrle")
                    ? "its pages are differences from pages sent before"
                    : "its pages are not in the stream"),
        "write the stream again with 'migrate_set_capability %s off', or take 'dump-guest-memory'"
            .formatted(capability));
  }

  /**
   * The list of blocks. Some capabilities add u64 numbers to each entry (postcopy-ram its page
   * size, x-ignore-shared an address), which is not said in the stream.
   */
  private long memorySize(long at, long total) {
    if (!blocks.isEmpty()) {
      return INVALID;
    }
    limits.check(bytes.name(), at, bytes.storedLength(), total, "the list of RAM blocks");
    for (int extra = 0; extra <= 2 * Long.BYTES; extra += Long.BYTES) {
      Map<String, RamBlock> found = new LinkedHashMap<>();
      long end = entries(at + HEADER, total, extra, found);
      if (end != INVALID && window.has(end, HEADER) && (window.i64(end) & FLAGS) != 0) {
        blocks.putAll(found);
        return end - at;
      }
    }
    return INVALID;
  }

  private long entries(long from, long total, int extra, Map<String, RamBlock> found) {
    long at = from;
    long left = total;
    while (left > 0) {
      int length = window.u8(at);
      if (length <= 0 || !window.has(at + 1, length + Long.BYTES) || found.size() > MOST_BLOCKS) {
        return INVALID;
      }
      String name = window.text(at + 1, length);
      long size = window.i64(at + 1 + length);
      boolean valid = size > 0 && size <= left && Pages.floor(size) == size;
      if (!valid || found.containsKey(name) || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        return INVALID;
      }
      found.put(name, new RamBlock(name, size, total - left));
      left -= size;
      at += 1 + length + Long.BYTES + extra;
    }
    return at;
  }
}
