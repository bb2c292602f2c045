package io.pagestream.images.format.ewf;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * A section of a segment file (libewf's document of EWF, "Section"): 0 16 characters type, 16 u64
 * offset of the next section, 24 u64 size with this descriptor, 72 u32 Adler-32 of the bytes before
 * it.
 *
 * @param type what it holds, for example {@code table}
 * @param offset of the descriptor in the file
 * @param next offset of the next section; its own for the last
 * @param size length in bytes with the descriptor; some writers have 0 for the last section
 */
record EwfSection(String type, long offset, long next, long size) {
  static final int DESCRIPTOR = 76;
  private static final int TYPE = 16;
  private static final int CHECKED = 72;

  /** The section at an offset; empty if there is none with a correct checksum. */
  static Optional<EwfSection> at(ImageBytes bytes, long offset) {
    MemorySegment head = MemorySegment.ofArray(new byte[DESCRIPTOR]);
    if (bytes.read(offset, head) != DESCRIPTOR
        || adler(head.asSlice(0, CHECKED)) != LittleEndian.u32(head, CHECKED)) {
      return Optional.empty();
    }
    byte[] type = head.asSlice(0, TYPE).toArray(ValueLayout.JAVA_BYTE);
    int length = 0;
    while (length < TYPE && type[length] != 0) {
      length++;
    }
    long next = LittleEndian.i64(head, 16);
    long size = LittleEndian.i64(head, 24);
    if (next < 0 || size < 0 || size > Long.MAX_VALUE - offset) {
      return Optional.empty();
    }
    String name = new String(type, 0, length, StandardCharsets.ISO_8859_1);
    return Optional.of(new EwfSection(name, offset, next, size));
  }

  /** Adler-32 (RFC 1950) as an unsigned number. */
  static long adler(MemorySegment bytes) {
    Adler32 adler = new Adler32();
    adler.update(bytes.asByteBuffer());
    return adler.getValue();
  }

  /** Where its content begins. */
  long data() {
    return offset + DESCRIPTOR;
  }

  /** Offset after its last byte. */
  long end() {
    return offset + Math.max(size, DESCRIPTOR);
  }

  /** Length of its content. */
  long dataBytes() {
    return Math.max(0, size - DESCRIPTOR);
  }

  boolean is(String name) {
    return type.equals(name);
  }

  /** Whether it is the last of its file. */
  boolean isLast() {
    return is("next") || is("done");
  }
}
