package io.pagestream.images.pagetable;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates virtual addresses as the processor does (Intel SDM vol. 3A, 4.3 to 4.5). Used by one
 * thread.
 */
final class AddressTranslation {
  /** Maximum number of pieces and of table reads: hostile tables can be different at each page. */
  private static final int MOST_STEPS = 1 << 20;

  private final TablePages pages;
  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final long[] table;
  private final List<TranslatedPages> translated = new ArrayList<>();
  private int steps;

  AddressTranslation(TablePages pages, PagingMode mode, EntryDecoder decoder) {
    this.pages = pages;
    this.mode = mode;
    this.decoder = decoder;
    this.table = new long[mode.entries(1)];
  }

  /**
   * The physical pages of a range of virtual pages; the range may not wrap.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it needs more than a million steps
   */
  List<TranslatedPages> of(long root, long virtualAddress, long pageCount) {
    long at = Pages.floor(virtualAddress);
    long left = pageCount;
    while (left > 0) {
      if (++steps > MOST_STEPS) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "the virtual range consists of more than %,d pieces".formatted(MOST_STEPS),
            "give a shorter range");
      }
      TranslatedPages piece = piece(root, at, left);
      add(piece);
      at += Pages.address(piece.pageCount());
      left -= piece.pageCount();
    }
    return List.copyOf(translated);
  }

  /** The rest of the leaf, or of the entry that is not present, at an address. */
  private TranslatedPages piece(long root, long virtualAddress, long atMost) {
    if (virtualAddress != mode.canonical(virtualAddress)
        || (!mode.isLong() && virtualAddress >>> 32 != 0)) {
      return new TranslatedPages(virtualAddress, -1, 1);
    }
    long address = root;
    int level = mode.levels();
    while (true) {
      int count = mode.entries(level);
      int index = (int) (virtualAddress >>> mode.shift(level)) & count - 1;
      long rest = mode.pages(level) - (Pages.frameNumber(virtualAddress) & mode.pages(level) - 1);
      long length = Math.min(rest, atMost);
      if (!pages.read(address, count, mode.entryBytes(), table)) {
        return new TranslatedPages(virtualAddress, -1, length);
      }
      long entry = table[index];
      if (!EntryDecoder.isPresent(entry) || decoder.isMalformed(entry, level)) {
        return new TranslatedPages(virtualAddress, -1, length);
      }
      if (decoder.isLeaf(entry, level)) {
        long into = Pages.address(mode.pages(level) - rest);
        return new TranslatedPages(
            virtualAddress, decoder.leafAddress(entry, level) + into, length);
      }
      address = decoder.tableAddress(entry);
      level--;
    }
  }

  private void add(TranslatedPages next) {
    if (!translated.isEmpty()) {
      TranslatedPages last = translated.getLast();
      long bytes = Pages.address(last.pageCount());
      boolean goesOn =
          last.isMapped() == next.isMapped()
              && (!last.isMapped() || last.physicalAddress() + bytes == next.physicalAddress());
      if (goesOn) {
        translated.removeLast();
        translated.add(
            new TranslatedPages(
                last.virtualAddress(),
                last.physicalAddress(),
                last.pageCount() + next.pageCount()));
        return;
      }
    }
    translated.add(next);
  }
}
