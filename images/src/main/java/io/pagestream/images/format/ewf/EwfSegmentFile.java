package io.pagestream.images.format.ewf;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One file of a set: 0 8 bytes signature, 8 u8 1, 9 u16 number from 1; then sections. After a
 * damaged section, the next one with a correct checksum is searched for.
 */
final class EwfSegmentFile {
  /** "EVF" 09 0D 0A FF 00. */
  static final long SIGNATURE = 0x00ff_0a0d_0946_5645L;

  static final int HEADER = 13;
  private static final int MOST_SECTIONS = 1 << 20;
  private static final int SEARCH_BYTES = 1 << 16;
  private static final int MOST_ERRORS = 1 << 16;

  /** The length of a table section whose chunks follow its entries, as SMART writes it. */
  private static final int TABLE_SLACK = 4096;

  private final ImageBytes bytes;
  private final int number;
  private final List<EwfTable> tables = new ArrayList<>();
  private final List<DoubtfulBytes> doubts = new ArrayList<>();
  private final List<long[]> badSectors = new ArrayList<>();
  private Optional<EwfVolume> volume = Optional.empty();
  private Optional<String> md5 = Optional.empty();
  private long sectorsEnd = -1;
  private boolean complete;
  private boolean last;
  private boolean tableLost;

  private EwfSegmentFile(ImageBytes bytes, int number) {
    this.bytes = bytes;
    this.number = number;
  }

  static boolean recognises(MemorySegment header) {
    return header.byteSize() >= HEADER && LittleEndian.i64(header, 0) == SIGNATURE;
  }

  /** Reads the sections of a file. */
  static EwfSegmentFile read(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, HEADER, "the EWF header");
    if (!recognises(header)) {
      throw bytes.corrupt(0, "no EWF header");
    }
    EwfSegmentFile file = new EwfSegmentFile(bytes, LittleEndian.u16(header, 9));
    file.sections();
    return file;
  }

  private void sections() {
    long at = HEADER;
    for (int i = 0; i < MOST_SECTIONS && at < bytes.length(); i++) {
      Optional<EwfSection> found = EwfSection.at(bytes, at);
      if (found.isEmpty()) {
        long next = search(at + 1);
        if (next < 0) {
          break;
        }
        skipped(at, next);
        at = next;
        continue;
      }
      EwfSection section = found.get();
      add(section);
      if (section.isLast()) {
        complete = true;
        last = section.is("done");
        return;
      }
      if (section.next() <= at) {
        break;
      }
      at = section.next();
    }
    if (!complete) {
      doubt(DoubtReason.TRUNCATED, "the EWF file is truncated or its sections end early");
    }
  }

  private void add(EwfSection section) {
    switch (section.type()) {
      case "volume", "disk", "data" -> volume = volume.or(() -> EwfVolume.read(bytes, section));
      case "sectors" -> sectorsEnd = section.end();
      case "table" -> table(section, false);
      case "table2" -> table(section, true);
      case "hash" -> md5 = text(section);
      case "error2" -> errors(section);
      default -> {}
    }
  }

  /** The second table replaces a damaged first one. */
  private void table(EwfSection section, boolean second) {
    if (second && !tableLost) {
      return;
    }
    Optional<EwfTable> table = EwfTable.read(bytes, section, dataEnd(section));
    table.ifPresent(tables::add);
    tableLost = table.isEmpty() && !second;
    if (table.isEmpty() && second) {
      doubt(
          DoubtReason.SKIPPED_HEADER,
          "both tables of chunks at offset 0x%x do not match their checksums"
              .formatted(section.offset()));
    }
  }

  private long dataEnd(EwfSection section) {
    long entries = 24;
    MemorySegment count = MemorySegment.ofArray(new byte[Integer.BYTES]);
    if (bytes.read(section.data(), count) == Integer.BYTES) {
      entries += LittleEndian.u32(count, 0) * Integer.BYTES;
    }
    boolean holdsData = sectorsEnd < 0 && section.dataBytes() > entries + TABLE_SLACK;
    return holdsData ? -1 : sectorsEnd >= 0 ? sectorsEnd : section.offset();
  }

  private Optional<String> text(EwfSection section) {
    MemorySegment digest = MemorySegment.ofArray(new byte[16]);
    return bytes.read(section.data(), digest) == 16
        ? Optional.of(HexFormat.of().formatHex(digest.toArray(ValueLayout.JAVA_BYTE)))
        : Optional.empty();
  }

  /** Sectors that could not be read: 0 u32 entries, 520 u32 first sector and u32 count of each. */
  private void errors(EwfSection section) {
    MemorySegment word = MemorySegment.ofArray(new byte[2 * Integer.BYTES]);
    if (bytes.read(section.data(), word) != word.byteSize()) {
      return;
    }
    long count = Math.min(LittleEndian.u32(word, 0), MOST_ERRORS);
    for (long i = 0; i < count; i++) {
      if (bytes.read(section.data() + 520 + 8 * i, word) == word.byteSize()) {
        badSectors.add(
            new long[] {LittleEndian.u32(word, 0), LittleEndian.u32(word, Integer.BYTES)});
      }
    }
  }

  private void skipped(long from, long to) {
    doubt(
        DoubtReason.SKIPPED_HEADER,
        "%,d bytes at offset 0x%x are not a section with a correct checksum"
            .formatted(to - from, from));
  }

  private void doubt(DoubtReason reason, String what) {
    doubts.add(
        new DoubtfulBytes(
            reason, 0, 0, "%s: %s; copy the image again".formatted(bytes.name(), what)));
  }

  /** The next section that says what is in the file, or -1. */
  private long search(long from) {
    MemorySegment buffer = MemorySegment.ofArray(new byte[SEARCH_BYTES]);
    long at = from;
    while (at < bytes.length()) {
      long size = bytes.read(at, buffer);
      for (long i = 0; i + EwfSection.DESCRIPTOR <= size; i++) {
        byte first = buffer.get(ValueLayout.JAVA_BYTE, i);
        boolean candidate = first == 't' || first == 's' || first == 'n' || first == 'd';
        // A type of at most 7 letters is padded with zeros.
        if (candidate
            && LittleEndian.i64(buffer, i + 8) == 0
            && EwfSection.at(bytes, at + i).isPresent()) {
          return at + i;
        }
      }
      at += size < EwfSection.DESCRIPTOR ? Math.max(512, size) : size - EwfSection.DESCRIPTOR + 1;
    }
    return -1;
  }

  ImageBytes bytes() {
    return bytes;
  }

  /** Its number in the set, from 1. */
  int number() {
    return number;
  }

  List<EwfTable> tables() {
    return tables;
  }

  /** Number of chunks in it. */
  long chunks() {
    return tables.stream().mapToLong(EwfTable::count).sum();
  }

  List<DoubtfulBytes> doubts() {
    return doubts;
  }

  /** First sector and count of ranges that the acquisition could not read. */
  List<long[]> badSectors() {
    return badSectors;
  }

  Optional<EwfVolume> volume() {
    return volume;
  }

  /** MD5 of the medium, as the acquisition has computed it. */
  Optional<String> md5() {
    return md5;
  }

  /** Whether the set ends with this file. */
  boolean isLast() {
    return last;
  }
}
