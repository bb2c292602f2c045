package io.pagestream.images.format.macho;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Mach-O files whose segments are physical memory: {@code vmaddr} is the physical address, as
 * MacMemoryReader writes them (Volatility 2, {@code macho.py}). Cores of programs and of the kernel
 * have the same structure with virtual addresses, and threads or notes besides their segments: they
 * are refused.
 */
public final class MachoFormat implements ImageFormat {
  private static final int SEGMENT_32 = 1;
  private static final int SEGMENT_64 = 0x19;
  private static final int SEGMENT_32_BYTES = 56;
  private static final int SEGMENT_64_BYTES = 72;

  /** Segments that are left out rank behind those with data. */
  private static final long LEFT_OUT_RANK = 1L << 32;

  private static final long LEFT_OUT_SOURCE = -(1L << 61);

  private static final String PHYSICAL =
      "give an image of physical memory, for example of MacMemoryReader or osxpmem";

  @Override
  public String name() {
    return "macho";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "Mach-O with physical memory",
        "as MacMemoryReader writes it, both byte orders; cores with virtual addresses are refused");
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return MachoHeader.recognises(header);
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    if (bytes.length() < 4 || !recognises(bytes.require(0, 4, "the header of the Mach-O file"))) {
      throw bytes.corrupt(0, "no header of a Mach-O file");
    }
    MachoHeader header = MachoHeader.read(bytes);
    header
        .program()
        .ifPresent(what -> {
          throw bytes.unsupported("is a Mach-O file of macOS, but %s".formatted(what), PHYSICAL);
        });
    List<Doubt> doubts = new ArrayList<>();
    List<Piece> pieces = pieces(bytes, header, doubts);
    if (pieces.isEmpty()) {
      throw bytes.unsupported("is a Mach-O file without any segment of memory", PHYSICAL);
    }
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d segments overlap others; the first of each in the file is used"
                  .formatted(bytes.name(), result.conflicts())));
    }
    return new SegmentedImage(
        input,
        name(),
        header.architecture().map(MachineFacts.NONE::withArchitecture).orElse(MachineFacts.NONE),
        Map.of(),
        List.of(),
        doubts,
        result.intervals().stream().map(MachoFormat::segment).toList(),
        "segment",
        RangeProvenance.CONTAINER);
  }

  private static Segment segment(Piece piece) {
    long offset = piece.source() < 0 ? Segment.NOT_STORED : piece.source();
    return new Segment(piece.start(), piece.end(), offset, piece.number(), RangeKind.RAM);
  }

  private static List<Piece> pieces(ImageBytes bytes, MachoHeader header, List<Doubt> doubts) {
    List<Piece> pieces = new ArrayList<>();
    int size = header.wide() ? SEGMENT_64_BYTES : SEGMENT_32_BYTES;
    int segment = header.wide() ? SEGMENT_64 : SEGMENT_32;
    MemorySegment command = MemorySegment.ofArray(new byte[size]);
    long at = header.bytes();
    for (int i = 0; i < Math.min(header.commands(), Segment.MOST); i++) {
      long there = bytes.read(at, command);
      long kind = there < 8 ? -1 : MachoHeader.u32(command, 0, header.bigEndian());
      long length = there < 8 ? 0 : MachoHeader.u32(command, 4, header.bigEndian());
      if (there == size && kind == segment && length >= size) {
        add(command, header, i, bytes, pieces, doubts);
      } else if (kind < 0 || length < 8 || kind == segment) {
        doubts.add(
            DoubtReason.SKIPPED_HEADER.of(
                "%s: load command %d at offset 0x%x is damaged or truncated; it and all later ones are missing; copy the file again"
                    .formatted(bytes.name(), i, at)));
        return pieces;
      } else {
        throw bytes.unsupported(
            "is a Mach-O core with other load commands (0x%x) than segments: one of a program or of the kernel, whose addresses are virtual"
                .formatted(kind),
            PHYSICAL);
      }
      at += length;
    }
    return pieces;
  }

  private static void add(
      MemorySegment command,
      MachoHeader header,
      int number,
      ImageBytes bytes,
      List<Piece> pieces,
      List<Doubt> doubts) {
    boolean big = header.bigEndian();
    boolean wide = header.wide();
    long address = wide ? MachoHeader.i64(command, 24, big) : MachoHeader.u32(command, 24, big);
    long size = wide ? MachoHeader.i64(command, 32, big) : MachoHeader.u32(command, 28, big);
    long offset = wide ? MachoHeader.i64(command, 40, big) : MachoHeader.u32(command, 32, big);
    long stored = wide ? MachoHeader.i64(command, 48, big) : MachoHeader.u32(command, 36, big);
    if (address < 0 && wide) {
      throw bytes.unsupported(
          "is a Mach-O core of the kernel, whose addresses are virtual", PHYSICAL);
    }
    if (size == 0) {
      return;
    }
    boolean possible =
        size > 0
            && address <= Pages.ADDRESS_LIMIT
            && size <= Pages.ADDRESS_LIMIT - address
            && offset >= 0
            && stored >= 0
            && offset <= Long.MAX_VALUE - Pages.ADDRESS_LIMIT;
    if (!possible) {
      doubts.add(
          DoubtReason.SKIPPED_HEADER.of(
              "%s: segment %d (address 0x%x, 0x%x bytes, offset 0x%x) is impossible and is left out; copy the file again"
                  .formatted(bytes.name(), number, address, size, offset)));
      return;
    }
    long there = Math.min(stored, size);
    if (there > 0) {
      pieces.add(new Piece(address, address + there, offset, number, number));
    }
    if (there < size) {
      long start = address + there;
      pieces.add(
          new Piece(
              start, address + size, LEFT_OUT_SOURCE + start, LEFT_OUT_RANK + number, number));
    }
  }
}
