package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that follow a table of pages, in the order of its entries. Behind a damaged block the
 * next one is searched for: the pages of the table that no block has are then those of the damaged
 * ones.
 */
final class LegacyBlocks {
  private static final int SEARCH_BYTES = 1 << 20;

  private final ImageBytes bytes;
  private final long limit;
  private final boolean resynchronise;
  private long at;
  private long gapStart;

  /**
   * Starts behind a table.
   *
   * @param resynchronise whether the next block behind a damaged one is searched for
   */
  LegacyBlocks(ImageBytes bytes, RangeTable table, boolean resynchronise) {
    this.bytes = bytes;
    this.resynchronise = resynchronise;
    this.limit =
        table.next() == 0 ? bytes.length() : Math.min(bytes.length(), Pages.address(table.next()));
    this.at = Pages.address(table.page() + 1);
  }

  /** The next block; null if there is none before the next table or the end of the file. */
  private @Nullable LegacyBlock next() {
    gapStart = -1;
    Optional<LegacyBlock> block = at < limit ? LegacyBlock.read(bytes, at) : Optional.empty();
    if (block.isEmpty() && resynchronise && at < limit) {
      gapStart = at;
      long found = search(at + LegacyBlock.ALIGNMENT);
      block = found < 0 ? Optional.empty() : LegacyBlock.read(bytes, found);
    }
    block.ifPresent(known -> at = known.endOffset());
    return block.orElse(null);
  }

  /** Offset of the next possible block; -1 if there is none nearby. */
  private long search(long from) {
    int size = (int) Math.min(SEARCH_BYTES, limit - from);
    if (size < LegacyBlock.HEADER_BYTES) {
      return -1;
    }
    MemorySegment area = MemorySegment.ofArray(new byte[size]);
    long there = bytes.read(from, area);
    for (long i = 0; i + 8 <= there; i += LegacyBlock.ALIGNMENT) {
      if (LittleEndian.i64(area, i) == LegacyBlock.MAGIC
          && LegacyBlock.read(bytes, from + i).isPresent()) {
        return from + i;
      }
    }
    return -1;
  }

  /** How blocks agree with a table; the last is the best. */
  enum Agreement {
    /** There are too few or too many pages. */
    NONE,
    /** As many pages are missing as damaged blocks may have. */
    DAMAGED,
    /** The file ends before all pages. */
    TRUNCATED,
    /** The blocks have exactly the pages of the table, and no other block follows. */
    EXACT
  }

  /** Compares the blocks behind a table with it. */
  static Agreement agreement(ImageBytes bytes, RangeTable table) {
    LegacyBlocks blocks = new LegacyBlocks(bytes, table, false);
    long wanted = table.pages();
    long found = 0;
    while (found < wanted) {
      LegacyBlock block = blocks.next();
      if (block == null) {
        boolean ended = blocks.at > bytes.length() - LegacyBlock.HEADER_BYTES;
        return ended ? Agreement.TRUNCATED : damaged(bytes, table);
      }
      found += block.pages();
    }
    boolean exact = found == wanted && blocks.next() == null;
    return exact ? Agreement.EXACT : Agreement.NONE;
  }

  private static Agreement damaged(ImageBytes bytes, RangeTable table) {
    LegacyBlocks blocks = new LegacyBlocks(bytes, table, true);
    long found = 0;
    long most = 0;
    for (LegacyBlock block = blocks.next(); block != null; block = blocks.next()) {
      found += block.pages();
      most += block.pages() + (blocks.gapStart < 0 ? 0 : 2 * StoredPages.MOST_BLOCK_PAGES);
    }
    return found < table.pages() && table.pages() <= most ? Agreement.DAMAGED : Agreement.NONE;
  }

  /** Adds the pages of a table. */
  static void add(ImageBytes bytes, RangeTable table, StoredPages stored, List<Doubt> doubts) {
    long wanted = table.pages();
    long found = 0;
    int gaps = 0;
    LegacyBlocks counting = new LegacyBlocks(bytes, table, true);
    for (LegacyBlock block = counting.next();
        block != null && found < wanted;
        block = counting.next()) {
      found += block.pages();
      gaps += counting.gapStart >= 0 ? 1 : 0;
    }
    long lost = Math.max(0, wanted - found);
    Cursor cursor = new Cursor(table, stored);
    LegacyBlocks blocks = new LegacyBlocks(bytes, table, true);
    long done = 0;
    for (LegacyBlock block = blocks.next(); block != null && done < wanted; block = blocks.next()) {
      if (blocks.gapStart >= 0) {
        gaps--;
        long missing = gaps == 0 ? lost : Math.min(lost, StoredPages.MOST_BLOCK_PAGES);
        lost -= missing;
        done += missing;
        doubts.add(skipped(bytes, blocks.gapStart, missing));
        cursor.lose(missing);
      }
      stored.addBlock(block.dataOffset(), block.dataBytes(), block.pages(), block.compression());
      long pages = Math.min(block.pages(), wanted - done);
      cursor.add(pages);
      done += pages;
    }
    if (done < wanted) {
      doubts.add(ended(bytes, blocks.at, wanted - done));
      cursor.lose(wanted - done);
    }
  }

  private static Doubt skipped(ImageBytes bytes, long at, long pages) {
    return DoubtReason.SKIPPED_HEADER.of(
        "%s: a block of pages at offset 0x%x is damaged: %,d pages are missing; copy the file again"
            .formatted(bytes.name(), at, pages));
  }

  private static Doubt ended(ImageBytes bytes, long at, long pages) {
    boolean ended = at >= bytes.length();
    return (ended ? DoubtReason.TRUNCATED : DoubtReason.SKIPPED_HEADER)
        .of(
            "%s: the table of pages has %,d more pages, but %s at offset 0x%x; copy the file again"
                .formatted(
                    bytes.name(), pages, ended ? "the file ends" : "no block of pages is", at));
  }

  /** The frames of a table one after the other. */
  private static final class Cursor {
    private final RangeTable table;
    private final StoredPages stored;
    private int entry;
    private long frame;

    Cursor(RangeTable table, StoredPages stored) {
      this.table = table;
      this.stored = stored;
      this.frame = table.start(0);
    }

    void add(long pages) {
      advance(pages, false);
    }

    void lose(long pages) {
      advance(pages, true);
    }

    private void advance(long pages, boolean lost) {
      long left = pages;
      while (left > 0 && entry < table.size()) {
        int count = (int) Math.min(left, table.end(entry) - frame);
        if (lost) {
          stored.addLost(frame, count);
        } else {
          stored.addFrames(frame, count);
        }
        left -= count;
        frame += count;
        if (frame == table.end(entry) && ++entry < table.size()) {
          frame = table.start(entry);
        }
      }
    }
  }
}
