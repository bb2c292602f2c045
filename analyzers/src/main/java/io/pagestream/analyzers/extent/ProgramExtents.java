package io.pagestream.analyzers.extent;

import java.util.zip.Adler32;

/** The ends of programs whose headers do not declare them, or whose checksum can be verified. */
final class ProgramExtents {
  private static final int UTF8 = 1;

  private ProgramExtents() {}

  /** The declared size; verified if the Adler-32 of the file is correct. */
  static FileExtent dex(ContiguousBytes bytes, long declared) {
    FileExtent extent = FileExtents.declared(bytes, declared);
    if (!extent.complete()) {
      return extent;
    }
    Adler32 adler = new Adler32();
    bytes.update(adler, 12, declared - 12);
    return adler.getValue() == bytes.le32(8)
        ? FileExtent.verified(declared)
        : FileExtent.cut(declared);
  }

  /** Constants, interfaces, fields, methods and attributes (JVM specification, section 4.1). */
  static FileExtent javaClass(ContiguousBytes bytes) {
    long count = bytes.be16(8);
    long at = 10;
    long index = 1;
    while (index < count) {
      int tag = bytes.u8(at);
      int size =
          switch (tag) {
            case UTF8 -> 3 + (int) bytes.be16(at + 1);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            case 7, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            default -> 0;
          };
      if (size == 0 || !bytes.has(at, size)) {
        return FileExtent.cut(at);
      }
      index += tag == 5 || tag == 6 ? 2 : 1;
      at += size;
    }
    at += 8 + 2 * bytes.be16(at + 6);
    for (int table = 0; table < 2 && at > 0; table++) {
      at = afterMembers(bytes, at);
    }
    at = at < 0 ? at : afterAttributes(bytes, at);
    return at > 0 && bytes.has(0, at) ? FileExtent.complete(at) : FileExtent.cut(1);
  }

  /** Offset after fields or methods; -1 if memory ends before. */
  private static long afterMembers(ContiguousBytes bytes, long from) {
    long count = bytes.be16(from);
    long at = bytes.has(from, 2) ? from + 2 : -1;
    for (long i = 0; i < count && at > 0; i++) {
      at = afterAttributes(bytes, at + 6);
    }
    return at;
  }

  private static long afterAttributes(ContiguousBytes bytes, long from) {
    long count = bytes.be16(from);
    long at = bytes.has(from, 2) ? from + 2 : -1;
    for (long i = 0; i < count && at > 0; i++) {
      at = bytes.has(at, 6) ? at + 6 + bytes.be32(at + 2) : -1;
    }
    return at;
  }
}
