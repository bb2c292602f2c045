package io.pagestream.analyzers.extent;

/** The ends of archives. */
final class ArchiveExtents {
  private static final long LOCAL = 0x0403_4b50L;
  private static final long CENTRAL = 0x0201_4b50L;
  private static final long END = 0x0605_4b50L;
  private static final long END_64 = 0x0606_4b50L;
  private static final long LOCATOR_64 = 0x0706_4b50L;
  private static final long DESCRIPTOR = 0x0807_4b50L;
  private static final long IN_EXTRA = 0xffff_ffffL;
  private static final int SIZES_FOLLOW = 8;

  private ArchiveExtents() {}

  /**
   * Local entries from the given one on, central directory and end record (APPNOTE, section 4.3.6).
   */
  static FileExtent zip(ContiguousBytes bytes) {
    long at = 0;
    while (bytes.has(at, 30) && bytes.le32(at) == LOCAL) {
      long next = afterEntry(bytes, at);
      if (next < 0) {
        return FileExtent.cut(at);
      }
      at = next;
    }
    while (bytes.has(at, 46) && bytes.le32(at) == CENTRAL) {
      at += 46 + bytes.le16(at + 28) + bytes.le16(at + 30) + bytes.le16(at + 32);
    }
    if (bytes.has(at, 56) && bytes.le32(at) == END_64) {
      at += 12 + bytes.number(at + 4, 8, false);
      at += bytes.le32(at) == LOCATOR_64 ? 20 : 0;
    }
    if (!bytes.has(at, 22) || bytes.le32(at) != END) {
      return FileExtent.cut(Math.min(at, bytes.limit()));
    }
    return FileExtent.complete(at + 22 + bytes.le16(at + 20));
  }

  /** Offset after the data of a local entry; -1 if its size is not known. */
  private static long afterEntry(ContiguousBytes bytes, long at) {
    long names = bytes.le16(at + 26);
    long data = at + 30 + names + bytes.le16(at + 28);
    long compressed = bytes.le32(at + 18);
    boolean follow = (bytes.le16(at + 6) & SIZES_FOLLOW) != 0;
    if (compressed == IN_EXTRA) {
      compressed = compressed64(bytes, at + 30 + names, data, bytes.le32(at + 22) == IN_EXTRA);
    }
    if (follow && compressed == 0) {
      return afterDescriptor(bytes, data);
    }
    if (compressed < 0 || compressed > bytes.limit()) {
      return -1;
    }
    long end = data + compressed;
    return follow && bytes.le32(end) == DESCRIPTOR ? end + 16 : end;
  }

  /** The compressed size in the ZIP64 field, after the uncompressed one; -1 if there is none. */
  private static long compressed64(ContiguousBytes bytes, long from, long end, boolean second) {
    long at = from;
    while (at + 4 <= end) {
      if (bytes.le16(at) == 1) {
        return bytes.number(at + (second ? 12 : 4), 8, false);
      }
      at += 4 + bytes.le16(at + 2);
    }
    return -1;
  }

  /** Searches for a data descriptor whose compressed size is the distance to it. */
  private static long afterDescriptor(ContiguousBytes bytes, long data) {
    for (long at = data; bytes.has(at, 16); at++) {
      if (bytes.u8(at) == 'P' && bytes.le32(at) == DESCRIPTOR) {
        if (bytes.le32(at + 8) == at - data) {
          return bytes.number(at + 8, 8, false) == at - data ? at + 24 : at + 16;
        }
      } else if (bytes.u8(at) == 'P' && bytes.le32(at) == LOCAL) {
        return -1;
      }
    }
    return -1;
  }

  /** The declared size, if the CRC-32 of the next header is correct. */
  static FileExtent sevenZip(ContiguousBytes bytes, long declared) {
    FileExtent extent = FileExtents.declared(bytes, declared);
    long header = 32 + bytes.number(12, 8, false);
    boolean correct =
        extent.complete() && bytes.le32(28) == StreamExtents.crc(bytes, header, declared - header);
    return correct ? FileExtent.verified(declared) : FileExtent.cut(extent.length());
  }

  static FileExtent rar(ContiguousBytes bytes) {
    return bytes.u8(6) == 0 ? rar4(bytes) : rar5(bytes);
  }

  /** Blocks: CRC u16, type u8, flags u16, size u16, and with flag 0x8000 size of data u32. */
  private static FileExtent rar4(ContiguousBytes bytes) {
    long at = 7;
    while (bytes.has(at, 7)) {
      int type = bytes.u8(at + 2);
      long flags = bytes.le16(at + 3);
      long size = bytes.le16(at + 5);
      boolean correct =
          size >= 7
              && type >= 0x72
              && type <= 0x7b
              && bytes.has(at, size)
              && bytes.le16(at) == (StreamExtents.crc(bytes, at + 2, size - 2) & 0xffff);
      if (!correct) {
        return FileExtent.cut(at);
      }
      at += size + ((flags & 0x8000) != 0 ? bytes.le32(at + 7) : 0);
      if (type == 0x7b) {
        return FileExtent.complete(at);
      }
    }
    return FileExtent.cut(at);
  }

  /** Blocks: CRC-32, size, type, flags, and by flags size of the extra area and of the data. */
  private static FileExtent rar5(ContiguousBytes bytes) {
    long at = 8;
    long[] cursor = new long[1];
    while (bytes.has(at, 7)) {
      cursor[0] = at + 4;
      long size = number7(bytes, cursor);
      long header = cursor[0];
      boolean correct =
          size >= 2
              && size <= 2 << 20
              && bytes.has(at, header - at + size)
              && bytes.le32(at) == StreamExtents.crc(bytes, at + 4, header + size - at - 4);
      if (!correct) {
        return FileExtent.cut(at);
      }
      long type = number7(bytes, cursor);
      long flags = number7(bytes, cursor);
      if ((flags & 1) != 0) {
        number7(bytes, cursor);
      }
      long data = (flags & 2) != 0 ? number7(bytes, cursor) : 0;
      if (data < 0 || data > bytes.limit()) {
        return FileExtent.cut(at);
      }
      at = header + size + data;
      if (type == 5) {
        return FileExtent.complete(at);
      }
    }
    return FileExtent.cut(at);
  }

  /** A number in bytes of 7 bits, the lowest first; advances the cursor. */
  private static long number7(ContiguousBytes bytes, long[] cursor) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = bytes.u8(cursor[0]);
      cursor[0]++;
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        break;
      }
    }
    return number;
  }
}
