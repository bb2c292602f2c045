package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The central directory of a zip archive (PKWARE APPNOTE.TXT 4.3.12 to 4.3.16), with the 64-bit
 * fields of ZIP64.
 *
 * @param members in the order of the directory
 * @param comment the archive's comment
 * @param shift bytes before the archive, which its offsets do not count
 */
public record ZipDirectory(List<ZipMember> members, String comment, long shift) {
  /** "PK" 03 04. */
  static final int LOCAL = 0x04034b50;

  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR_BYTES = 20;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int MOST_MEMBERS = 1 << 18;
  private static final int WINDOW = 1 << 18;

  /** Whether a file begins like an archive with members. */
  static boolean recognises(MemorySegment header) {
    return header.byteSize() >= Integer.BYTES && LittleEndian.i32(header, 0) == LOCAL;
  }

  /** The directory of a file; empty if it is missing or damaged. */
  public static Optional<ZipDirectory> read(ImageBytes bytes) {
    int size = (int) Math.min(bytes.length(), END_BYTES + LONGEST_COMMENT);
    MemorySegment tail = MemorySegment.ofArray(new byte[size]);
    if (size < END_BYTES || bytes.read(bytes.length() - size, tail) != size) {
      return Optional.empty();
    }
    for (int at = size - END_BYTES; at >= 0; at--) {
      if (LittleEndian.i32(tail, at) == END
          && LittleEndian.u16(tail, at + 20) <= size - at - END_BYTES) {
        return at(bytes, tail, at, bytes.length() - size + at);
      }
    }
    return Optional.empty();
  }

  private static Optional<ZipDirectory> at(
      ImageBytes bytes, MemorySegment tail, int at, long endOffset) {
    int length = LittleEndian.u16(tail, at + 20);
    String comment = text(tail, at + END_BYTES, length);
    long count = LittleEndian.u16(tail, at + 10);
    long size = LittleEndian.u32(tail, at + 12);
    long offset = LittleEndian.u32(tail, at + 16);
    long end = endOffset;
    MemorySegment locator = MemorySegment.ofArray(new byte[LOCATOR_BYTES]);
    boolean wide =
        bytes.read(endOffset - LOCATOR_BYTES, locator) == LOCATOR_BYTES
            && LittleEndian.i32(locator, 0) == LOCATOR_64;
    if (wide) {
      MemorySegment end64 = MemorySegment.ofArray(new byte[56]);
      long place = LittleEndian.i64(locator, 8);
      if (bytes.read(place, end64) != 56 || LittleEndian.i32(end64, 0) != END_64) {
        // Its place does not count what was put before the archive.
        place = endOffset - LOCATOR_BYTES - 56;
        if (bytes.read(place, end64) != 56 || LittleEndian.i32(end64, 0) != END_64) {
          return Optional.empty();
        }
      }
      count = LittleEndian.i64(end64, 32);
      size = LittleEndian.i64(end64, 40);
      offset = LittleEndian.i64(end64, 48);
      end = place;
    }
    long shift = end - size - offset;
    if (count < 0 || count > MOST_MEMBERS || size < 0 || offset < 0 || shift < 0 || size > end) {
      return Optional.empty();
    }
    return members(bytes, offset + shift, offset + shift + size, (int) count)
        .map(members -> new ZipDirectory(members, comment, shift));
  }

  private static Optional<List<ZipMember>> members(
      ImageBytes bytes, long from, long end, int count) {
    List<ZipMember> members = new ArrayList<>();
    MemorySegment window = MemorySegment.ofArray(new byte[WINDOW]);
    long start = from;
    long filled = 0;
    long at = from;
    for (int i = 0; i < count; i++) {
      // The longest entry has 46 + 3 * 65,535 bytes, which fits into the window.
      if (at - start + CENTRAL_BYTES + 3L * 0xffff > filled) {
        start = at;
        filled = bytes.read(at, window.asSlice(0, Math.clamp(end - at, 0, WINDOW)));
      }
      long place = at - start;
      if (place + CENTRAL_BYTES > filled || LittleEndian.i32(window, place) != CENTRAL) {
        return Optional.empty();
      }
      int name = LittleEndian.u16(window, place + 28);
      int extra = LittleEndian.u16(window, place + 30);
      int length = CENTRAL_BYTES + name + extra + LittleEndian.u16(window, place + 32);
      if (place + length > filled) {
        return Optional.empty();
      }
      members.add(member(window.asSlice(place, length), name, extra));
      at += length;
    }
    return Optional.of(members);
  }

  private static ZipMember member(MemorySegment entry, int name, int extra) {
    long[] wide = {
      LittleEndian.u32(entry, 24), LittleEndian.u32(entry, 20), LittleEndian.u32(entry, 42)
    };
    int at = CENTRAL_BYTES + name;
    int end = at + extra;
    while (at + 4 <= end) {
      int id = LittleEndian.u16(entry, at);
      int next = at + 4 + LittleEndian.u16(entry, at + 2);
      if (id == 1) { // 64-bit sizes and offset, of those fields that are all ones
        int field = at + 4;
        for (int i = 0; i < wide.length; i++) {
          if (wide[i] == 0xffff_ffffL && field + Long.BYTES <= Math.min(next, end)) {
            wide[i] = LittleEndian.i64(entry, field);
            field += Long.BYTES;
          }
        }
      }
      at = next;
    }
    return new ZipMember(
        text(entry, CENTRAL_BYTES, name),
        LittleEndian.u16(entry, 8),
        LittleEndian.u16(entry, 10),
        LittleEndian.u32(entry, 16),
        wide[1],
        wide[0],
        wide[2]);
  }

  private static String text(MemorySegment bytes, long offset, int length) {
    byte[] text = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  /**
   * Where the stored bytes of a member begin.
   *
   * @return -1 if its local header is damaged
   */
  public long dataOffset(ImageBytes bytes, ZipMember member) {
    return member.headerOffset() < 0 ? -1 : dataOffset(bytes, member.headerOffset() + shift);
  }

  static long dataOffset(ImageBytes bytes, long headerOffset) {
    MemorySegment local = MemorySegment.ofArray(new byte[LOCAL_BYTES]);
    if (bytes.read(headerOffset, local) != LOCAL_BYTES || LittleEndian.i32(local, 0) != LOCAL) {
      return -1;
    }
    return headerOffset + LOCAL_BYTES + LittleEndian.u16(local, 26) + LittleEndian.u16(local, 28);
  }

  /** The first member's name according to its local header; empty if it has none. */
  static String firstName(ImageBytes bytes) {
    MemorySegment local = MemorySegment.ofArray(new byte[LOCAL_BYTES + 256]);
    long size = bytes.read(0, local);
    int name = size < LOCAL_BYTES ? 0 : LittleEndian.u16(local, 26);
    return text(local, LOCAL_BYTES, Math.clamp(size - LOCAL_BYTES, 0, Math.min(name, 256)));
  }

  /** Whether a zip archive is an AFF4 volume, by its comment or its members. */
  public static boolean isAff4(ImageBytes bytes) {
    String first = firstName(bytes);
    return isOfAff4(first)
        || read(bytes)
            .filter(directory ->
                directory.comment().startsWith("aff4://")
                    || directory.members().stream().anyMatch(one -> isOfAff4(one.name())))
            .isPresent();
  }

  private static boolean isOfAff4(String name) {
    return name.equals("container.description")
        || name.equals("information.turtle")
        || name.startsWith("aff4%3A%2F%2F")
        || name.startsWith("aff4%3a%2f%2f");
  }
}
