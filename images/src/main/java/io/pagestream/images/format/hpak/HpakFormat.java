package io.pagestream.images.format.hpak;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HPAK, the format of HBGary's FDPro: a header of 32 bytes, then sections, each with the offset of
 * the next. The section with physical memory holds it from address 0 on (Volatility 2, {@code
 * hpak.py}).
 */
public final class HpakFormat implements ImageFormat {
  private static final int MAGIC = 0x4b41_5048;
  private static final int HEADER_BYTES = 0x20;
  private static final int SECTION_BYTES = 0xe0;
  private static final int NAME_BYTES = 32;
  private static final int COMPRESSED = 0x8c;
  private static final int LENGTH = 0x98;
  private static final int OFFSET = 0xa8;
  private static final int NEXT = 0xb0;

  /** A file has two sections: memory and the page file. */
  private static final int MOST_SECTIONS = 64;

  private static final String SECTION = "HPAKSECT";
  private static final String MEMORY = "HPAKSECTHPAK_SECTION_PHYSDUMP";
  private static final String EXTRACT = "extract its physical memory with 'volatility hpakextract'";

  @Override
  public String name() {
    return "hpak";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of("HPAK (FDPro)", "uncompressed");
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= 4 && LittleEndian.i32(header, 0) == MAGIC;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    List<String> warnings = new ArrayList<>();
    long at = HEADER_BYTES;
    for (int i = 0; i < MOST_SECTIONS; i++) {
      MemorySegment section = bytes.require(at, SECTION_BYTES, "a section of the HPAK image");
      String name = name(section);
      if (name.equals(MEMORY)) {
        return image(input, section, warnings);
      }
      if (!name.startsWith(SECTION)) {
        break;
      }
      warnings.add("the section %s of the HPAK image is not read".formatted(name.substring(8)));
      long next = LittleEndian.i64(section, NEXT);
      if (next <= at) {
        break;
      }
      at = next;
    }
    throw bytes.unsupported("is an HPAK image without a section of physical memory", EXTRACT);
  }

  private MemoryImage image(ImageInput input, MemorySegment section, List<String> warnings) {
    ImageBytes bytes = input.bytes();
    if (LittleEndian.i32(section, COMPRESSED) != 0) {
      throw bytes.unsupported("is an HPAK image with compressed memory", EXTRACT);
    }
    long length = LittleEndian.i64(section, LENGTH);
    long offset = LittleEndian.i64(section, OFFSET);
    if (length <= 0 || length > Pages.ADDRESS_LIMIT || offset < HEADER_BYTES) {
      throw bytes.corrupt(
          HEADER_BYTES,
          "the section of physical memory has 0x%x bytes at offset 0x%x".formatted(length, offset));
    }
    return new SegmentedImage(
        input,
        name(),
        MachineFacts.NONE,
        Map.of(),
        warnings,
        List.of(),
        List.of(new Segment(0, length, offset, 0, RangeKind.UNKNOWN)),
        "",
        RangeProvenance.DEFAULT);
  }

  private static String name(MemorySegment section) {
    byte[] name = section.asSlice(0, NAME_BYTES).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(name, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
