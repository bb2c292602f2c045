package io.pagestream.images.format.zdmp;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the blocks are: "ZBLK", u32 length of the stored data, u32 CRC-32 of it, and the data.
 * Behind a damaged block, the next one is searched for; the damaged one counts as one block, unless
 * it is the only one: then all that are missing are there.
 */
final class ZdmpBlocks {
  static final int HEAD_BYTES = 12;

  private static final int MAGIC = 0x4b4c_425a;
  private static final int LOST = -1;
  private static final int SEARCH_BYTES = 1 << 20;

  private final ImageBytes file;
  private final ZdmpHeader header;
  private final List<DoubtfulBytes> doubts = new ArrayList<>();
  private long[] offsets = new long[64];
  private int size;

  private ZdmpBlocks(ImageBytes file, ZdmpHeader header) {
    this.file = file;
    this.header = header;
  }

  /** Reads the heads of all blocks. */
  static ZdmpBlocks read(ImageBytes file, ZdmpHeader header) {
    ZdmpBlocks blocks = new ZdmpBlocks(file, header);
    blocks.find();
    return blocks;
  }

  private void find() {
    List<int[]> gaps = new ArrayList<>();
    long at = ZdmpHeader.BYTES;
    while (size < header.blocks() && at < file.length()) {
      long next = dataBytes(at) > 0 ? at : search(at + 1);
      if (next < 0) {
        break;
      }
      if (next != at) {
        gaps.add(new int[] {size});
        add(LOST);
      }
      add(next);
      at = next + HEAD_BYTES + dataBytes(next);
    }
    long missing = header.blocks() - size;
    if (gaps.size() == 1 && missing > 0) {
      insertLost(gaps.getFirst()[0], (int) Math.min(missing, Integer.MAX_VALUE / 2));
    }
    for (int i = 0; i < size; i++) {
      if (offsets[i] == LOST) {
        doubts.add(lost(i));
      }
    }
    if (size < header.blocks()) {
      long from = (long) size * header.blockBytes();
      doubts.add(
          new DoubtfulBytes(
              DoubtReason.TRUNCATED,
              from,
              header.contentBytes() - from,
              "%s: the compressed dump is truncated: %,d of its %,d blocks are missing; copy the image again"
                  .formatted(file.name(), header.blocks() - size, header.blocks())));
    }
  }

  private DoubtfulBytes lost(int block) {
    return new DoubtfulBytes(
        DoubtReason.UNREADABLE,
        (long) block * header.blockBytes(),
        header.blockBytes(),
        "%s: block %d of the compressed dump is damaged; copy the image again"
            .formatted(file.name(), block));
  }

  private void add(long offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    offsets[size++] = offset;
  }

  /** Makes room for blocks that were lost in the only gap; at most one for each 12 bytes of it. */
  private void insertLost(int at, int count) {
    long gap = (at + 1 < size ? offsets[at + 1] : file.length()) - ZdmpHeader.BYTES;
    int fits = (int) Math.min(count, gap / HEAD_BYTES);
    long[] more = new long[size + fits];
    System.arraycopy(offsets, 0, more, 0, at);
    Arrays.fill(more, at, at + fits, LOST);
    System.arraycopy(offsets, at, more, at + fits, size - at);
    offsets = more;
    size += fits;
  }

  /** Length of the data of the block at an offset; negative if there is no possible block. */
  private long dataBytes(long at) {
    MemorySegment head = MemorySegment.ofArray(new byte[HEAD_BYTES]);
    if (file.read(at, head) != HEAD_BYTES || LittleEndian.i32(head, 0) != MAGIC) {
      return -1;
    }
    long length = LittleEndian.u32(head, 4);
    return length > 0 && length <= header.blockBytes() ? length : -1;
  }

  private long search(long from) {
    MemorySegment area = MemorySegment.ofArray(new byte[SEARCH_BYTES]);
    // A damaged block is at most as long as its content.
    for (long at = from; at < from + 2L * header.blockBytes(); at += SEARCH_BYTES - 3) {
      long there = file.read(at, area);
      for (long i = 0; i + 4 <= there; i++) {
        if (LittleEndian.i32(area, i) == MAGIC && dataBytes(at + i) > 0) {
          return at + i;
        }
      }
    }
    return -1;
  }

  /** What is damaged or missing, by offsets of the content. */
  List<DoubtfulBytes> doubts() {
    return doubts;
  }

  /** Offset of a block in the file; negative if it is lost. */
  long offset(long block) {
    return block < size ? offsets[(int) block] : LOST;
  }
}
