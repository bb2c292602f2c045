package io.pagestream.images.format.elf;

import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A section of an ELF file (ELF gABI, "Section Header"). ELF64: 0 u32 name, 24 u64 offset, 32 u64
 * size; ELF32: 0 u32 name, 16 u32 offset, 20 u32 size.
 *
 * @param offset where its bytes are in the file
 * @param size their number
 */
record ElfSection(long offset, long size) {
  /** Xen's cores have fewer than ten. */
  private static final int MOST = 256;

  private static final int LONGEST_NAME = 64;

  /**
   * Sections by name; those that cannot be read are left out, and the first of each name counts.
   */
  static Map<String, ElfSection> read(ImageBytes bytes, Endianness order) {
    Map<String, ElfSection> sections = new LinkedHashMap<>();
    MemorySegment header = MemorySegment.ofArray(new byte[64]);
    if (bytes.read(0, header) < 52) {
      return sections;
    }
    boolean wide = header.get(ValueLayout.JAVA_BYTE, 4) == 2;
    long table = wide ? order.i64(header, 40) : order.u32(header, 32);
    int counts = wide ? 58 : 46;
    int entry = order.u16(header, counts);
    int count = Math.min(order.u16(header, counts + 2), MOST);
    int namesIndex = order.u16(header, counts + 4);
    if (table <= 0 || entry < (wide ? 64 : 40)) {
      return sections;
    }
    MemorySegment buffer = MemorySegment.ofArray(new byte[64]);
    MemorySegment fields = buffer.asSlice(0, wide ? 64 : 40);
    if (bytes.read(table + (long) namesIndex * entry, fields) != fields.byteSize()) {
      return sections;
    }
    long names = place(fields, wide, order).offset();
    for (int i = 0; i < count; i++) {
      if (bytes.read(table + (long) i * entry, fields) == fields.byteSize()) {
        ElfSection section = place(fields, wide, order);
        String name = name(bytes, names + order.u32(fields, 0));
        if (name != null && section.offset() >= 0 && section.size() > 0) {
          sections.putIfAbsent(name, section);
        }
      }
    }
    return sections;
  }

  private static ElfSection place(MemorySegment fields, boolean wide, Endianness order) {
    return wide
        ? new ElfSection(order.i64(fields, 24), order.i64(fields, 32))
        : new ElfSection(order.u32(fields, 16), order.u32(fields, 20));
  }

  private static @Nullable String name(ImageBytes bytes, long offset) {
    byte[] name = new byte[LONGEST_NAME];
    long size = offset < 0 ? 0 : bytes.read(offset, MemorySegment.ofArray(name));
    for (int i = 0; i < size; i++) {
      if (name[i] == 0) {
        return new String(name, 0, i, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }
}
