package io.pagestream.images.format.kdump;

import io.pagestream.images.format.DoubtfulPages;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.elf.ElfNotes;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a kdump image together from the headers of its files. */
final class KdumpOpening {
  /** A real machine has tens; a kernel that lost track of single pages, thousands. */
  private static final int MOST_EXTENTS = 1 << 17;

  private static final int MOST_NOTE_BYTES = 16 << 20;

  private final ImageInput input;
  private final SplitSet set;
  private final List<KdumpFile> files;
  private final List<String> warnings = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<Doubt> doubtfulPages = new ArrayList<>();

  private KdumpOpening(ImageInput input) {
    this.input = input;
    this.set = SplitSet.of(input.parts().stream().map(KdumpFile::read).toList());
    this.files = set.parts();
  }

  static MemoryImage open(ImageInput input) {
    return new KdumpOpening(input).image();
  }

  private MemoryImage image() {
    List<PhysicalExtent> extents = extents();
    PageCodecs codecs = new PageCodecs(files.getFirst().header().blockBytes());
    List<KdumpPart> parts = new ArrayList<>();
    for (KdumpFile file : files) {
      KdumpPart part = new KdumpPart(file, file.dumped(), codecs);
      parts.add(part);
      doubt(file, part);
    }
    doubts.addAll(set.doubts());
    warnErased();
    requirePlausible(extents);
    MachineFacts machine = machine();
    doubts.addAll(doubtfulPages);
    return new KdumpImage(
        input.facts("kdump", machine, container(), warnings, doubts),
        extents,
        new KdumpFrames(parts, set.missing(), files.getFirst().header().blockBytes()),
        codecs,
        new DoubtfulPages(doubtfulPages));
  }

  private List<PhysicalExtent> extents() {
    KdumpFile first = files.getFirst();
    FrameBits existing = first.existing();
    List<PhysicalExtent> extents = new ArrayList<>();
    long end = 0;
    for (long start = existing.next(0, true);
        start < existing.frames();
        start = existing.next(end, true)) {
      end = existing.next(start, false);
      if (extents.size() == MOST_EXTENTS) {
        throw first
            .bytes()
            .corrupt(
                first.header().bitmapOffset(),
                "memory in more than %d pieces".formatted(MOST_EXTENTS));
      }
      extents.add(
          new PhysicalExtent(
              first.header().address(start),
              (end - start) * first.header().framePages(),
              RangeKind.RAM,
              RangeProvenance.CONTAINER,
              "bitmap " + extents.size()));
    }
    if (extents.isEmpty()) {
      throw first.bytes().corrupt(first.header().bitmapOffset(), "a kdump without any page");
    }
    return extents;
  }

  /**
   * Memory that the machine has and the dump lacks takes one bit per page, which could claim
   * petabytes.
   */
  private void requirePlausible(List<PhysicalExtent> extents) {
    long existing = extents.stream().mapToLong(PhysicalExtent::pageCount).sum();
    long stored = files.stream().mapToLong(file -> file.bytes().storedLength()).sum();
    KdumpFile first = files.getFirst();
    input
        .limits()
        .check(
            first.bytes().name(),
            first.header().bitmapOffset(),
            stored,
            Pages.address(existing),
            "the bitmap of pages");
  }

  private void doubt(KdumpFile file, KdumpPart part) {
    String name = file.bytes().name() + ": ";
    if ((file.header().status() & KdumpHeader.STATUS_INCOMPLETE) != 0) {
      doubts.add(
          DoubtReason.TRUNCATED.of(
              name + "the dump is marked incomplete: its writer ran out of space or time"));
    }
    if (part.isCutOff()) {
      doubts.add(
          DoubtReason.TRUNCATED.of(
              name
                  + "the last of %,d dumped pages cannot be read: the file of %,d bytes is truncated or"
                      .formatted(part.descriptorCount(), file.bytes().length())
                  + " damaged; copy the image again or acquire it again"));
    }
    doubts.addAll(KdumpDoubts.withoutPages(file));
    doubtfulPages.addAll(KdumpDoubts.withPages(file, part));
  }

  /** Erased data reads as the writer's filling, which cannot be distinguished from memory. */
  private void warnErased() {
    long size = files.stream().mapToLong(file -> file.subHeader().eraseInfoSize()).max().orElse(0);
    if (size > 0) {
      warnings.add(
          "data was erased on purpose when the dump was written (makedumpfile --config or --eppic;"
              + " %,d bytes of erase information)".formatted(size));
    }
  }

  private Map<String, String> container() {
    KdumpFile first = files.getFirst();
    return Map.of(
        "compression", PageCodecs.name(first.header().status()),
        "dump.level", Integer.toString(first.subHeader().dumpLevel()),
        "header.version", Integer.toString(first.header().version()),
        "phys.base", Hex.of(first.subHeader().physicalBase()));
  }

  private MachineFacts machine() {
    KdumpFile first = files.getFirst();
    MachineFacts facts =
        MachineFacts.NONE
            .withArchitecture(architecture(first.header()))
            .withKernelRelease(first.header().release());
    Optional<VmcoreInfo> info = vmcoreInfo(first);
    facts = info.map(facts::withVmcoreInfo).orElse(facts);
    return notes(first).map(facts::and).orElse(facts);
  }

  /**
   * QEMU may leave the name empty, or write "Unknown"; memory of a big-endian machine is not
   * searched for x86's tables.
   */
  private static String architecture(KdumpHeader header) {
    boolean unnamed = header.machine().isEmpty() || header.machine().equals("Unknown");
    return unnamed && header.order() == Endianness.BIG ? "big-endian" : header.machine();
  }

  private Optional<VmcoreInfo> vmcoreInfo(KdumpFile file) {
    long offset = file.subHeader().vmcoreinfoOffset();
    long size = file.subHeader().vmcoreinfoSize();
    return offset == 0 || size == 0
        ? Optional.empty()
        : readable(file.bytes(), offset, size, VmcoreInfo.MOST_BYTES, "vmcoreinfo")
            .map(text -> VmcoreInfo.of(text.toArray(ValueLayout.JAVA_BYTE)));
  }

  private Optional<MachineFacts> notes(KdumpFile file) {
    long offset = file.subHeader().noteOffset();
    long size = file.subHeader().noteSize();
    return offset == 0 || size == 0
        ? Optional.empty()
        : readable(file.bytes(), offset, size, MOST_NOTE_BYTES, "the notes")
            .map(region -> ElfNotes.factsOf(region, file.header().order()));
  }

  /** Data that a header refers to, or a doubt if it cannot be read: pages do not depend on it. */
  private Optional<MemorySegment> readable(
      ImageBytes bytes, long offset, long size, int most, String what) {
    if (size > 0 && size <= most && bytes.contains(offset, size)) {
      MemorySegment read = MemorySegment.ofArray(new byte[(int) size]);
      if (bytes.read(offset, read) == size) {
        return Optional.of(read);
      }
    }
    doubts.add(
        DoubtReason.UNREADABLE.of(
            "%s: %s at offset 0x%x (%,d bytes) cannot be read"
                .formatted(bytes.name(), what, offset, size)));
    return Optional.empty();
  }
}
