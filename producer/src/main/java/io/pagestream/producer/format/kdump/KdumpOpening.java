package io.pagestream.producer.format.kdump;

import io.pagestream.producer.format.ImageInput;
import io.pagestream.producer.format.VmcoreInfo;
import io.pagestream.producer.format.elf.ElfNotes;
import io.pagestream.producer.image.MemoryImage;
import io.pagestream.producer.image.PhysicalExtent;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a kdump image together from the headers of its files. */
final class KdumpOpening {
  /** A real machine has tens; a kernel that lost track of single pages, thousands. */
  private static final int MOST_EXTENTS = 1 << 17;

  private static final int MOST_NOTE_BYTES = 16 << 20;

  private final ImageInput input;
  private final List<KdumpFile> files;
  private final List<String> warnings = new ArrayList<>();

  private KdumpOpening(ImageInput input) {
    this.input = input;
    this.files = SplitSet.inOrder(input.parts().stream().map(KdumpFile::read).toList());
  }

  static MemoryImage open(ImageInput input) {
    return new KdumpOpening(input).image();
  }

  private MemoryImage image() {
    List<PhysicalExtent> extents = extents();
    PageCodecs codecs = new PageCodecs();
    List<KdumpPart> parts = new ArrayList<>();
    for (KdumpFile file : files) {
      long descriptors = file.header().descriptorOffset();
      KdumpPart part =
          new KdumpPart(file.bytes(), file.subHeader(), file.dumped(), descriptors, codecs);
      parts.add(part);
      warn(file, part);
    }
    return new KdumpImage(
        input.facts("kdump", hints(), warnings, List.of()), extents, parts, codecs);
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
              Pages.address(start),
              end - start,
              RangeKind.RAM,
              RangeProvenance.CONTAINER,
              "bitmap " + extents.size()));
    }
    if (extents.isEmpty()) {
      throw first.bytes().corrupt(first.header().bitmapOffset(), "a kdump without any page");
    }
    return extents;
  }

  private void warn(KdumpFile file, KdumpPart part) {
    String name = files.size() > 1 ? file.bytes().name() + ": " : "";
    if ((file.header().status() & KdumpHeader.STATUS_INCOMPLETE) != 0) {
      warnings.add(name + "the dump is marked incomplete: its writer ran out of space or time");
    }
    if (part.isCutOff()) {
      warnings.add(
          name
              + "the last pages cannot be read: the file is cut off or damaged; %d pages were dumped"
                  .formatted(part.descriptorCount()));
    }
  }

  private Map<String, String> hints() {
    KdumpFile first = files.getFirst();
    Map<String, String> hints = new HashMap<>();
    hints.put("compression", PageCodecs.name(first.header().status()));
    hints.put("dump.level", Integer.toString(first.subHeader().dumpLevel()));
    hints.put("header.version", Integer.toString(first.header().version()));
    hints.put("phys.base", "0x" + Long.toHexString(first.subHeader().physicalBase()));
    if (!first.header().machine().isEmpty()) {
      hints.put("machine", first.header().machine());
    }
    if (!first.header().release().isEmpty()) {
      hints.put("kernel.release", first.header().release());
    }
    addVmcoreInfo(first, hints);
    addNotes(first, hints);
    return hints;
  }

  private void addVmcoreInfo(KdumpFile file, Map<String, String> hints) {
    long offset = file.subHeader().vmcoreinfoOffset();
    long size = file.subHeader().vmcoreinfoSize();
    ImageBytes bytes = file.bytes();
    if (offset == 0 || size == 0) {
      return;
    }
    if (size < 0 || size > VmcoreInfo.MOST_BYTES || !bytes.contains(offset, size)) {
      warnings.add("vmcoreinfo at 0x%x cannot be read".formatted(offset));
      return;
    }
    VmcoreInfo.addHints(
        bytes.require(offset, (int) size, "vmcoreinfo").toArray(ValueLayout.JAVA_BYTE), hints);
  }

  private void addNotes(KdumpFile file, Map<String, String> hints) {
    long offset = file.subHeader().noteOffset();
    long size = file.subHeader().noteSize();
    ImageBytes bytes = file.bytes();
    if (offset == 0 || size == 0) {
      return;
    }
    if (size < 0 || size > MOST_NOTE_BYTES || !bytes.contains(offset, size)) {
      warnings.add("notes at 0x%x cannot be read".formatted(offset));
      return;
    }
    ElfNotes.addHints(bytes.require(offset, (int) size, "notes"), hints);
  }
}
