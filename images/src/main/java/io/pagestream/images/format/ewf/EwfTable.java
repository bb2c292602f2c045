package io.pagestream.images.format.ewf;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * A table of chunks: 0 u32 entries, 8 u64 base offset, 20 u32 Adler-32; then an entry for each
 * chunk, u32 offset from the base with bit 31 for compressed ones; then their Adler-32. Entries are
 * read when they are needed.
 *
 * @param file its segment file
 * @param entries offset of the first entry
 * @param count number of entries
 * @param base what their offsets are counted from
 * @param dataEnd where the last chunk ends
 */
record EwfTable(ImageBytes file, long entries, int count, long base, long dataEnd) {
  private static final int HEADER = 24;
  private static final int CHECKED = 20;
  private static final int ENTRY = 4;
  private static final int BUFFER = 1 << 16;

  /** More than any writer has; a chunk of 32 KiB each makes 32 GiB. */
  private static final long MOST_ENTRIES = 1 << 20;

  /** Where a chunk is: {@code compressed} or followed by its Adler-32. */
  record Place(long offset, long size, boolean compressed) {}

  /**
   * Reads a table.
   *
   * @param dataEnd where the data before the table ends, or -1 if it follows the table (SMART)
   * @return empty if a checksum is wrong
   */
  static Optional<EwfTable> read(ImageBytes file, EwfSection section, long dataEnd) {
    MemorySegment head = MemorySegment.ofArray(new byte[HEADER]);
    if (file.read(section.data(), head) != HEADER
        || EwfSection.adler(head.asSlice(0, CHECKED)) != LittleEndian.u32(head, CHECKED)) {
      return Optional.empty();
    }
    long count = LittleEndian.u32(head, 0);
    long base = LittleEndian.i64(head, 8);
    long entries = section.data() + HEADER;
    if (count > MOST_ENTRIES || base < 0 || base > file.length()) {
      return Optional.empty();
    }
    EwfTable table =
        new EwfTable(file, entries, (int) count, base, dataEnd < 0 ? section.end() : dataEnd);
    boolean checked = section.dataBytes() >= HEADER + ENTRY * count + ENTRY && dataEnd >= 0;
    return !checked || table.isIntact() ? Optional.of(table) : Optional.empty();
  }

  private boolean isIntact() {
    Adler32 adler = new Adler32();
    MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER]);
    long end = entries + (long) count * ENTRY;
    for (long at = entries; at < end; ) {
      MemorySegment part = buffer.asSlice(0, Math.min(BUFFER, end - at));
      if (file.read(at, part) != part.byteSize()) {
        return false;
      }
      adler.update(part.asByteBuffer());
      at += part.byteSize();
    }
    MemorySegment sum = buffer.asSlice(0, ENTRY);
    return file.read(end, sum) == ENTRY && LittleEndian.u32(sum, 0) == adler.getValue();
  }

  /** Where a chunk of this table is; empty if the entry is damaged. */
  Optional<Place> place(int index) {
    int wanted = index + 1 < count ? 2 * ENTRY : ENTRY;
    MemorySegment pair = MemorySegment.ofArray(new byte[2 * ENTRY]);
    if (file.read(entries + (long) index * ENTRY, pair.asSlice(0, wanted)) != wanted) {
      return Optional.empty();
    }
    long entry = LittleEndian.u32(pair, 0);
    long start = base + (entry & 0x7fff_ffffL);
    long end = wanted == ENTRY ? dataEnd : base + (LittleEndian.u32(pair, ENTRY) & 0x7fff_ffffL);
    return start < end && end <= file.length()
        ? Optional.of(new Place(start, end - start, (entry & 0x8000_0000L) != 0))
        : Optional.empty();
  }
}
