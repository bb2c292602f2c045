package io.pagestream.images.format.elf;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeProvenance;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ELF cores of physical memory: QEMU's dump-guest-memory (with and without paging), kexec's vmcore,
 * makedumpfile -E, VirtualBox: every PT_LOAD places file bytes at a physical address. And those of
 * Xen, which have sections.
 */
public final class ElfFormat implements ImageFormat {
  /** 7F 'E' 'L' 'F'. */
  private static final int MAGIC = 0x464C457F;

  @Override
  public String name() {
    return "elf";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "ELF core, 64-bit and 32-bit",
        "little- and big-endian; QEMU's cores, `/proc/kcore`, makedumpfile -E, VirtualBox, `PN_XNUM`, segments that are partly missing or not stored",
        Peer.VOLATILITY,
        Peer.LEECHCORE,
        Peer.CRASH,
        Peer.DRGN);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= 4 && LittleEndian.i32(header, 0) == MAGIC;
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(new ElfWriter());
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    if (bytes.length() < 4 || LittleEndian.i32(bytes.require(0, 4, "the ELF header"), 0) != MAGIC) {
      throw bytes.corrupt(0, "no ELF header");
    }
    ElfHeader header = ElfHeader.read(bytes);
    if (header.programHeaderCount() == 0) {
      return XenCore.open(input, header.order())
          .orElseThrow(() -> bytes.corrupt(0, "an ELF core without program headers"));
    }
    ProgramHeaders programs = ProgramHeaders.read(bytes, header);
    ElfNotes notes = ElfNotes.read(bytes, header, programs.notes());
    UserModeCore.refuse(bytes, programs, notes);
    List<String> warnings = new ArrayList<>(notes.warnings());
    PhysicalSegments segments = PhysicalSegments.of(bytes, programs);
    warnings.addAll(segments.warnings());
    List<Doubt> doubts = new ArrayList<>(notes.doubts());
    doubts.addAll(segments.doubts());
    return new SegmentedImage(
        input,
        header.wide() ? "elf64" : "elf32",
        notes.facts(),
        Map.of(),
        warnings,
        doubts,
        segments.segments(),
        "PT_LOAD",
        RangeProvenance.CONTAINER);
  }
}
