package io.pagestream.images.format.hiberfil;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Windows hibernation files. The layout is the one whose structures are found in the file (chains
 * of compression sets, tables and blocks that agree), not the one that a version number promises.
 */
public final class HiberfilFormat implements ImageFormat {
  private static final String WIPED = "";
  private static final int SIGNATURE_BYTES = 4;

  /** HORM: hibernate once, resume many (Windows Embedded). */
  private static final Map<String, String> STATES =
      Map.of(
          "HIBR",
          "",
          "HORM",
          "",
          "WAKE",
          "after resuming (WAKE)",
          "RSTR",
          "during resuming (RSTR)",
          WIPED,
          "whose first page was wiped");

  private static final String CONVERT =
      "convert it to raw with Hibr2Bin, Hibernation Recon or 'volatility3 layerwriter', or take a"
          + " file of a machine that is hibernated";

  @Override
  public String name() {
    return "hiberfil";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "Windows hibernation file",
        "Windows 8 to 11 (Xpress with Huffman codes, plain, stored) and XP to 7 (Xpress), 64-bit and 32-bit, also with a wiped header (XP to 7) or after resuming, as far as its structures are intact; pages that Windows did not write are excluded",
        Peer.VOLATILITY,
        Peer.LEECHCORE);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return signature(header).isPresent();
  }

  /** The signature in upper case, or {@link #WIPED}; empty for another file. */
  private static Optional<String> signature(MemorySegment header) {
    if (header.byteSize() < SIGNATURE_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = header.asSlice(0, SIGNATURE_BYTES).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    if (STATES.containsKey(text)) {
      return Optional.of(text);
    }
    return isZero(header) && LegacyFile.hasBlocks(header) ? Optional.of(WIPED) : Optional.empty();
  }

  private static boolean isZero(MemorySegment header) {
    MemorySegment page = header.asSlice(0, Math.min(Pages.SIZE, header.byteSize()));
    return page.mismatch(MemorySegment.ofArray(new byte[(int) page.byteSize()])) == -1;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    int size = (int) Math.min(HEADER_BYTES, bytes.length());
    MemorySegment beginning = MemorySegment.ofArray(new byte[size]);
    String signature =
        signature(beginning.asSlice(0, bytes.read(0, beginning)))
            .orElseThrow(() -> bytes.corrupt(0, "no header of a hibernation file"));
    Map<String, String> facts = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    facts.put("hiberfil.signature", signature.isEmpty() ? "wiped" : signature);
    Optional<ModernFile> modern = signature.isEmpty() ? Optional.empty() : ModernFile.of(bytes);
    Optional<LegacyFile> legacy = modern.isPresent() ? Optional.empty() : LegacyFile.of(bytes);
    StoredPages stored =
        modern
            .map(file -> file.pages(facts, warnings, doubts))
            .or(() -> legacy.map(file -> file.pages(facts, doubts)))
            .orElseThrow(() -> unreadable(bytes, signature));
    boolean wide =
        modern.map(ModernFile::wide).or(() -> legacy.map(LegacyFile::wide)).orElseThrow();
    long processorEnd = legacy.map(LegacyFile::firstTable).orElse((long) LegacyFile.SEARCHED_PAGES);
    if (!STATES.getOrDefault(signature, "").isEmpty()) {
      warnings.add(
          "a hibernation file %s: it shows the machine as it was when it hibernated, as far as Windows has not overwritten it"
              .formatted(STATES.get(signature)));
    }
    return image(input, stored, wide, processorEnd, facts, warnings, doubts);
  }

  private MemoryImage image(
      ImageInput input,
      StoredPages stored,
      boolean wide,
      long processorEnd,
      Map<String, String> facts,
      List<String> warnings,
      List<Doubt> doubts) {
    ImageBytes bytes = input.bytes();
    FrameIndex index = stored.index();
    if (index.size() == 0) {
      throw bytes.corrupt(0, "a hibernation file without any page");
    }
    if (index.repeated() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %,d pages are in the file more than once; one of each is used"
                  .formatted(bytes.name(), index.repeated())));
    }
    long claimed =
        HiberfilImage.extents(index).stream().mapToLong(PhysicalExtent::pageCount).sum()
            - stored.contentPages();
    input
        .limits()
        .check(
            bytes.name(),
            0,
            bytes.storedLength(),
            Pages.address(Math.max(0, claimed)),
            "the table of pages");
    for (DoubtfulBytes doubt : bytes.doubts()) {
      doubts.add(doubt.reason().of(doubt.message()));
    }
    facts.put("hiberfil.pages", Long.toString(stored.contentPages()));
    MachineFacts machine = MachineFacts.NONE.withArchitecture(wide ? "x86_64" : "i386");
    MachineFacts known =
        SavedProcessor.find(bytes, wide, processorEnd, index)
            .map(machine::withProcessor)
            .orElse(machine);
    ImageFacts imageFacts = input.facts(name(), known, facts, warnings, doubts);
    return new HiberfilImage(bytes, index, new BlockDecoder(bytes, stored), imageFacts);
  }

  private static PagestreamException unreadable(ImageBytes bytes, String signature) {
    String state = STATES.getOrDefault(signature, "");
    MemorySegment header = MemorySegment.ofArray(new byte[16]);
    bytes.read(0, header);
    return bytes.unsupported(
        "is a Windows hibernation file%s, in which neither compression sets (Windows 8 and later) nor tables with xpress blocks (XP to 7) are where a known layout has them (length in the header: 0x%x)"
                .formatted(state.isEmpty() ? "" : " " + state, LittleEndian.u32(header, 12))
            + (signature.equals("HIBR") ? "" : "; Windows wipes them when it resumes"),
        CONVERT);
  }
}
