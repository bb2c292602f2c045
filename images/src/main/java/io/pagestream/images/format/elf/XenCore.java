package io.pagestream.images.format.elf;

import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cores of 'xl dump-core': they have sections instead of segments (Xen docs/misc/dump-core-format),
 * with pages in {@code .xen_pages} and, in the same order, their frame numbers: in {@code .xen_pfn}
 * as u64, or in {@code .xen_p2m} as u64 frame of the guest and u64 frame of the machine.
 */
final class XenCore {
  private static final String PAGES = ".xen_pages";
  private static final String FRAMES = ".xen_pfn";
  private static final String GUEST_TO_MACHINE = ".xen_p2m";
  private static final String NOTES = ".note.Xen";

  /** In place of a frame number: the page does not exist. */
  private static final long INVALID = -1;

  /** The same in tables that were written with 32-bit numbers. */
  private static final long INVALID_32 = 0xffff_ffffL;

  private static final int BUFFER = 1 << 16;
  private static final int MOST_PIECES = Segment.MOST;

  private final ImageBytes bytes;
  private final List<Piece> pieces = new ArrayList<>();
  private long pieceFrame = -1;
  private long pieceIndex;
  private long pieceLength;

  private XenCore(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /** Opens the file if it has Xen's sections. */
  static Optional<MemoryImage> open(ImageInput input, Endianness order) {
    Map<String, ElfSection> sections = ElfSection.read(input.bytes(), order);
    ElfSection pages = sections.get(PAGES);
    if (pages == null) {
      return Optional.empty();
    }
    if (order == Endianness.BIG) {
      // Xen runs on x86 and arm64, and writes the tables in the order of the host.
      throw input
          .bytes()
          .unsupported(
              "is a Xen core with big-endian tables, which Xen does not write",
              "take the dump again with 'xl dump-core'");
    }
    ElfSection notes = sections.get(NOTES);
    if (notes != null) {
      requirePageSize(input.bytes(), notes);
    }
    ElfSection frames = sections.get(FRAMES);
    int entry = frames == null ? 2 * Long.BYTES : Long.BYTES;
    ElfSection table = frames == null ? sections.get(GUEST_TO_MACHINE) : frames;
    if (table == null) {
      throw input
          .bytes()
          .unsupported(
              "is a Xen core without a table of frame numbers (.xen_pfn, .xen_p2m)",
              "take the dump again with 'xl dump-core'");
    }
    return Optional.of(new XenCore(input.bytes()).image(input, pages, table, entry));
  }

  /** The note has u64 magic, u64 processors, u64 pages and u64 page size. */
  private static void requirePageSize(ImageBytes bytes, ElfSection notes) {
    MemorySegment note = MemorySegment.ofArray(new byte[256]);
    long size = bytes.read(notes.offset(), note);
    for (long at = 0; at + 12 + 4 + 32 <= Math.min(size, notes.size()); ) {
      long name = LittleEndian.u32(note, at);
      long length = LittleEndian.u32(note, at + 4);
      if (name > 16 || length > 256) {
        return;
      }
      long data = at + 12 + ((name + 3) & ~3L);
      if (LittleEndian.u32(note, at + 8) == 0x2000001 && length >= 32 && data + 32 <= size) {
        long pageSize = LittleEndian.i64(note, data + 24);
        if (pageSize != Pages.SIZE) {
          throw bytes.unsupported(
              "is a Xen core with pages of %,d bytes, which is not supported".formatted(pageSize),
              "convert it to raw memory first");
        }
      }
      at = data + ((length + 3) & ~3L);
    }
  }

  private MemoryImage image(ImageInput input, ElfSection pages, ElfSection table, int entry) {
    long count = Pages.frameNumber(pages.size());
    List<Doubt> doubts = new ArrayList<>();
    if (table.size() / entry != count) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: %,d pages have %,d frame numbers; the others are not used"
                  .formatted(bytes.name(), count, table.size() / entry)));
    }
    frames(pages, table, entry, Math.min(count, table.size() / entry), doubts);
    if (pieces.isEmpty()) {
      throw bytes.corrupt(table.offset(), "a Xen core without pages");
    }
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %,d stretches of pages have frame numbers of others; the first of each is used"
                  .formatted(bytes.name(), result.conflicts())));
    }
    return new SegmentedImage(
        input,
        "xen",
        MachineFacts.NONE,
        Map.of("xen.pages", Long.toString(count)),
        List.of(),
        doubts,
        result.intervals().stream().map(XenCore::segment).toList(),
        PAGES,
        RangeProvenance.CONTAINER);
  }

  private void frames(
      ElfSection pages, ElfSection table, int entry, long count, List<Doubt> doubts) {
    MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER]);
    long invalid = 0;
    for (long index = 0; index < count; ) {
      long size = Math.min(BUFFER, (count - index) * entry);
      long read = bytes.read(table.offset() + index * entry, buffer.asSlice(0, size));
      for (long at = 0; at + entry <= read; at += entry, index++) {
        long frame = LittleEndian.i64(buffer, at);
        if (frame >>> 40 == 0 && frame != INVALID_32) {
          add(pages, frame, index);
        } else {
          invalid += frame == INVALID || frame == INVALID_32 ? 0 : 1;
        }
      }
      if (read < size) {
        doubts.add(
            DoubtReason.TRUNCATED.of(
                "%s: the table of frame numbers is truncated; %,d pages are not used"
                    .formatted(bytes.name(), count - index)));
        break;
      }
    }
    finish(pages);
    if (invalid > 0) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: %,d pages have impossible frame numbers and are not used"
                  .formatted(bytes.name(), invalid)));
    }
  }

  private void add(ElfSection pages, long frame, long index) {
    boolean follows =
        pieceLength > 0 && frame == pieceFrame + pieceLength && index == pieceIndex + pieceLength;
    if (!follows) {
      finish(pages);
      pieceFrame = frame;
      pieceIndex = index;
      pieceLength = 0;
    }
    pieceLength++;
  }

  private void finish(ElfSection pages) {
    if (pieceLength == 0) {
      return;
    }
    if (pieces.size() >= MOST_PIECES) {
      throw bytes.corrupt(
          pages.offset(), "more than %,d stretches of pages".formatted(MOST_PIECES));
    }
    long start = Pages.address(pieceFrame);
    int number = pieces.size();
    pieces.add(
        new Piece(
            start,
            start + Pages.address(pieceLength),
            pages.offset() + Pages.address(pieceIndex),
            number,
            number));
  }

  private static Segment segment(Piece piece) {
    return new Segment(piece.start(), piece.end(), piece.source(), piece.number(), RangeKind.RAM);
  }
}
