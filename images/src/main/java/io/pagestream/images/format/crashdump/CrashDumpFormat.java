package io.pagestream.images.format.crashdump;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Windows crash dumps. Dumps of the types full, bitmap, active memory and kernel memory hold pages
 * by their physical addresses. The header names the page tables and the machine's physical memory;
 * memory that it names and the dump does not hold was left out.
 */
public final class CrashDumpFormat implements ImageFormat {
  private static final int PAGE = CrashDumpHeader.UNUSED;
  private static final int DU64 = 0x34365544;
  private static final int DUMP = 0x504d5544;
  private static final String CONVERT = "acquire a complete or active memory dump, or raw memory";

  @Override
  public String name() {
    return "crashdump";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "Windows crash dump, 64-bit and 32-bit",
        "full, bitmap, active memory, kernel memory; the header's page tables, memory and bug check are shown",
        Peer.VOLATILITY,
        Peer.LEECHCORE);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    if (header.byteSize() < 8 || LittleEndian.i32(header, 0) != PAGE) {
      return false;
    }
    int second = LittleEndian.i32(header, 4);
    return second == DU64 || second == DUMP;
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(new CrashDumpWriter());
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    if (bytes.length() < 8 || !recognises(bytes.require(0, 8, "the crash dump's header"))) {
      throw bytes.corrupt(0, "no header of a crash dump");
    }
    CrashDumpHeader header = CrashDumpHeader.read(bytes);
    List<String> warnings = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    DumpType type = type(bytes, header, warnings);
    StoredFrames frames =
        switch (type.storage()) {
          case RUNS -> runs(bytes, header);
          case BITMAP -> FrameBitmap.read(bytes, header.bytes(), doubts);
          case RANGES -> FrameRanges.read(bytes, header.bytes());
          case NONE ->
              throw bytes.unsupported(
                  "is a Windows minidump (triage dump), which does not hold physical memory",
                  CONVERT);
        };
    List<Segment> segments = frames.segments(header.memoryRuns(), doubts);
    if (segments.isEmpty()) {
      throw bytes.corrupt(header.bytes(), "a crash dump without any page");
    }
    Map<String, String> container = new TreeMap<>(header.facts());
    container.put("dump.type", type.title());
    return new SegmentedImage(
        input,
        name(),
        machine(header),
        container,
        warnings,
        doubts,
        segments,
        "run",
        RangeProvenance.CONTAINER);
  }

  private static DumpType type(ImageBytes bytes, CrashDumpHeader header, List<String> warnings) {
    if (header.dumpType() == PAGE || header.dumpType() == 0) {
      warnings.add("the crash dump's header does not contain its type; it is read as a full dump");
      return DumpType.FULL;
    }
    return DumpType.of(header.dumpType())
        .orElseThrow(() ->
            bytes.unsupported(
                "is a Windows crash dump of the unknown type " + header.dumpType(), CONVERT));
  }

  private static StoredFrames runs(ImageBytes bytes, CrashDumpHeader header) {
    if (header.memoryRuns().isEmpty()) {
      throw bytes.corrupt(
          header.wide() ? 0x88 : 0x64, "a full crash dump without the runs of its memory");
    }
    StoredFrames frames = new StoredFrames(bytes, header.bytes());
    header.memoryRuns().forEach(frames::add);
    return frames;
  }

  /** The low bits of CR3 are a PCID or flags, but of PAE's only the lowest five. */
  private static MachineFacts machine(CrashDumpHeader header) {
    MachineFacts facts = MachineFacts.NONE.withArchitecture(header.architecture());
    long cr3 = header.directoryTableBase();
    long root = !header.wide() && header.pae() ? cr3 & -0x20L : Pages.floor(cr3);
    boolean usable = header.isX86() && root > 0 && root < Pages.ADDRESS_LIMIT;
    return usable ? facts.withPageTable(root) : facts;
  }
}
