package io.pagestream.images.format.hiberfil;

import static io.pagestream.images.format.hiberfil.LegacyBlocks.Agreement.NONE;

import io.pagestream.images.format.hiberfil.LegacyBlocks.Agreement;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hibernation file of Windows XP to 7. The first table of pages is before the first block, and
 * its layout is the one with which entries and blocks agree; the header is not needed, so that a
 * file whose header was wiped can be read.
 */
final class LegacyFile {
  /** The first block is on page 7 in the versions that are known. */
  static final int SEARCHED_PAGES = 16;

  private final ImageBytes bytes;
  private final TableLayout layout;
  private final RangeTable first;
  private final boolean certain;

  private LegacyFile(ImageBytes bytes, TableLayout layout, RangeTable first, boolean certain) {
    this.bytes = bytes;
    this.certain = certain;
    this.layout = layout;
    this.first = first;
  }

  /** Finds the first table; empty if no layout fits. */
  static Optional<LegacyFile> of(ImageBytes bytes) {
    for (long page = 2; page < SEARCHED_PAGES; page++) {
      if (LegacyBlock.read(bytes, Pages.address(page)).isPresent()) {
        return of(bytes, page - 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<LegacyFile> of(ImageBytes bytes, long table) {
    List<LegacyFile> possible =
        Stream.of(TableLayout.values())
            .filter(layout -> !contradicts(bytes, layout))
            .flatMap(layout ->
                RangeTable.read(bytes, table, layout)
                    .map(ranges -> new LegacyFile(bytes, layout, ranges, false))
                    .stream())
            .toList();
    Agreement best =
        possible.stream().map(LegacyFile::agreement).max(Comparator.naturalOrder()).orElse(NONE);
    List<LegacyFile> chosen = possible.stream().filter(file -> file.agreement() == best).toList();
    boolean certain = chosen.size() == 1 && best != NONE;
    return chosen.stream().findFirst().map(file -> file.certain(certain));
  }

  /** Whether the header is that of the other kind of system: its page size is elsewhere. */
  private static boolean contradicts(ImageBytes bytes, TableLayout layout) {
    MemorySegment header = MemorySegment.ofArray(new byte[0x1c]);
    bytes.read(0, header);
    return LittleEndian.u32(header, layout.wide ? 0x14 : 0x18) == Pages.SIZE
        && LittleEndian.u32(header, layout.wide ? 0x18 : 0x14) != Pages.SIZE;
  }

  private LegacyFile certain(boolean certainly) {
    return new LegacyFile(bytes, layout, first, certainly);
  }

  private Agreement agreement() {
    return LegacyBlocks.agreement(bytes, first);
  }

  /** Whether blocks of pages are where they are in every version. */
  static boolean hasBlocks(MemorySegment beginning) {
    for (long page = 1; Pages.address(page) + 8 <= beginning.byteSize(); page++) {
      if (LittleEndian.i64(beginning, Pages.address(page)) == LegacyBlock.MAGIC) {
        return true;
      }
    }
    return false;
  }

  /** Whether the system is a 64-bit one. */
  boolean wide() {
    return layout.wide;
  }

  /** The file's page with the first table: the processor's state is before it. */
  long firstTable() {
    return first.page();
  }

  /** Adds all pages, and facts. */
  StoredPages pages(Map<String, String> facts, List<Doubt> doubts) {
    facts.put("hiberfil.tables", layout.name().toLowerCase(Locale.ROOT));
    if (!certain) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: no layout of the table of pages agrees with the blocks that follow it; '%s' fits best, but the addresses of all pages may be wrong; copy the file again"
                  .formatted(bytes.name(), facts.get("hiberfil.tables"))));
    }
    StoredPages stored = new StoredPages(bytes);
    RangeTable table = first;
    while (true) {
      LegacyBlocks.add(bytes, table, stored, doubts);
      if (table.next() == 0) {
        return stored;
      }
      Optional<RangeTable> next = RangeTable.read(bytes, table.next(), layout);
      if (next.isEmpty()) {
        // Only a full table is followed by another; the link of the last one may be anything.
        if (table.size() == layout.mostEntries()) {
          doubts.add(
              DoubtReason.SKIPPED_HEADER.of(
                  "%s: the table of pages at offset 0x%x is damaged or missing: the pages of this and all following tables are missing; copy the file again"
                      .formatted(bytes.name(), Pages.address(table.next()))));
        }
        return stored;
      }
      table = next.get();
    }
  }
}
