package io.pagestream.images.format.elf;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Cores of 'xl dump-core': they have sections instead of segments (Xen docs/misc/dump-core-format),
 * with pages in {@code .xen_pages} and their addresses in {@code .xen_pfn} or {@code .xen_p2m}.
 */
final class XenCore {
  /** ELF64: 40 u64 offset of the section headers, 58 u16 their size, 60 their count, 62 names. */
  private static final int HEADER = 64;

  private static final int MOST_NAMES = 1 << 16;

  private XenCore() {}

  /** Refuses a core whose sections have Xen's names. */
  static void refuse(ImageBytes bytes) {
    if (names(bytes).contains(".xen_pages")) {
      throw bytes.unsupported(
          "is a Xen core (xl dump-core: .xen_pages and .xen_p2m), which is not read",
          "convert it to raw with 'volatility3 layerwriter', or read it with crash");
    }
  }

  /** The names of all sections; empty if none can be read. */
  private static String names(ImageBytes bytes) {
    MemorySegment header = MemorySegment.ofArray(new byte[HEADER]);
    bytes.read(0, header);
    boolean wide = header.get(ValueLayout.JAVA_BYTE, 4) == 2;
    long sections = wide ? LittleEndian.i64(header, 40) : LittleEndian.u32(header, 32);
    int counts = wide ? 58 : 46;
    int size = LittleEndian.u16(header, counts);
    int index = LittleEndian.u16(header, counts + 4);
    if (size < 40 || sections <= 0 || !bytes.contains(sections, (index + 1L) * size)) {
      return "";
    }
    MemorySegment section = MemorySegment.ofArray(new byte[size]);
    bytes.read(sections + (long) index * size, section);
    if (wide && size < HEADER) {
      return "";
    }
    long offset = wide ? LittleEndian.i64(section, 24) : LittleEndian.u32(section, 16);
    long length = wide ? LittleEndian.i64(section, 32) : LittleEndian.u32(section, 20);
    if (length <= 0 || !bytes.contains(offset, length)) {
      return "";
    }
    MemorySegment names = MemorySegment.ofArray(new byte[(int) Math.min(length, MOST_NAMES)]);
    bytes.read(offset, names);
    return new String(names.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
