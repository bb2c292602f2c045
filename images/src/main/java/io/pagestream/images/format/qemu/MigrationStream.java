package io.pagestream.images.format.qemu;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/**
 * A migration stream (QEMU docs/devel/migration, {@code migration/savevm.c}), version 3, all big
 * endian: a magic number and the version, then sections, each with a type of one byte. The sections
 * of the RAM can be read; those of devices have no length, and are searched for what is needed.
 * After damage, the next record or section of the RAM is searched for.
 */
final class MigrationStream {
  /** "QEVM". */
  static final int MAGIC = 0x5145564d;

  private static final int VERSION = 3;
  private static final int RAM_VERSION = 4;

  private static final int EOF = 0x00;
  private static final int START = 0x01;
  private static final int PART = 0x02;
  private static final int END = 0x03;
  private static final int FULL = 0x04;
  private static final int SUBSECTION = 0x05;
  private static final int DESCRIPTION = 0x06;
  private static final int CONFIGURATION = 0x07;
  private static final int COMMAND = 0x08;
  private static final int FOOTER = 0x7e;

  private static final int LONGEST_MACHINE_NAME = 256;
  private static final int MOST_DOUBTS = 1000;
  private static final long FINISHED = -1;

  private final ImageBytes bytes;
  private final StreamWindow window;
  private final RamRecords records;
  private final List<Doubt> doubts = new ArrayList<>();
  private String machine = "";
  private long ramSection = -1;
  private boolean inRam;
  private long devices = -1;

  private MigrationStream(ImageBytes bytes, ReadLimits limits) {
    this.bytes = bytes;
    this.window = new StreamWindow(bytes);
    this.records = new RamRecords(bytes, window, limits);
  }

  /**
   * Reads all records of a stream.
   *
   * @throws PagestreamException FORMAT_UNSUPPORTED, IMAGE_CORRUPT, IMAGE_TRUNCATED if there is no
   *     RAM
   */
  static MigrationStream read(ImageBytes bytes, ReadLimits limits) {
    MigrationStream stream = new MigrationStream(bytes, limits);
    stream.requireVersion();
    long at = 2 * Integer.BYTES;
    while (at != FINISHED) {
      at = stream.inRam ? stream.record(at) : stream.section(at);
    }
    stream.requireRam();
    return stream;
  }

  /** The blocks, in the order of the stream. */
  SequencedCollection<RamBlock> blocks() {
    return records.blocks().sequencedValues();
  }

  /** The machine's name, for example {@code pc-q35-7.2}; empty if the stream does not have it. */
  String machine() {
    return machine;
  }

  /** Where the state of devices begins, after the RAM; empty if the RAM is truncated. */
  Optional<Long> devices() {
    return devices < 0 ? Optional.empty() : Optional.of(devices);
  }

  /** Doubts about the stream. */
  List<Doubt> doubts() {
    return doubts;
  }

  private void requireVersion() {
    MemorySegment header = bytes.require(0, 8, "the header of the migration stream");
    long version = BigEndian.u32(header, 4);
    if (BigEndian.i32(header, 0) != MAGIC) {
      throw bytes.corrupt(0, "no QEMU migration stream");
    }
    if (version != VERSION) {
      throw bytes.unsupported(
          "is a QEMU migration stream of version %d, which is not supported".formatted(version),
          "load it with 'qemu-system -incoming' and take 'dump-guest-memory'");
    }
  }

  private void requireRam() {
    if (records.pages() > 0) {
      return;
    }
    if (records.blocks().isEmpty()) {
      throw bytes.corrupt(8, "a QEMU migration stream without RAM");
    }
    throw bytes.unsupported(
        "is a QEMU migration stream without pages: they were sent on other channels (multifd,"
            + " postcopy, x-ignore-shared), or the stream is truncated",
        "write the stream again without these capabilities, or take 'dump-guest-memory'");
  }

  /** Reads the section at an offset; returns where to go on, or {@link #FINISHED}. */
  private long section(long at) {
    int type = window.u8(at);
    return switch (type) {
      case CONFIGURATION -> configuration(at);
      case START -> start(at);
      case PART, END -> resumed(at, type);
      case FOOTER -> window.has(at, 5) ? at + 5 : ended(at);
      case COMMAND -> window.has(at, 5) ? at + 5 + window.u16(at + 3) : ended(at);
      case FULL -> records.pages() > 0 ? devicesAt(at) : search(at, false);
      case EOF, DESCRIPTION -> records.pages() > 0 ? devicesAt(at) : search(at, true);
      default -> at >= bytes.length() ? ended(at) : search(at, true);
    };
  }

  private long configuration(long at) {
    long length = window.has(at, 5) ? window.u32(at + 1) : LONGEST_MACHINE_NAME;
    if (length >= LONGEST_MACHINE_NAME || !window.has(at + 5, (int) length)) {
      return search(at, true);
    }
    machine = window.text(at + 5, (int) length);
    long next = at + 5 + length;
    // Their lengths depend on their contents; the RAM follows.
    return window.u8(next) == SUBSECTION ? subsections(next) : next;
  }

  private long subsections(long from) {
    int length = window.u8(from + 1);
    boolean mapped =
        length > 0
            && window.has(from, StreamWindow.LONGEST / 2)
            && window.text(from, StreamWindow.LONGEST / 2).contains("\nmapped-ram");
    if (mapped) {
      throw bytes.unsupported(
          "is a QEMU migration stream with the capability mapped-ram, which is not supported",
          "write the stream again without it, or take 'dump-guest-memory'");
    }
    return search(from, false);
  }

  private long start(long at) {
    int length = window.u8(at + 5);
    if (length <= 0 || !window.has(at, 6 + length + 8)) {
      return search(at, true);
    }
    if (!window.text(at + 6, length).equals("ram") || ramSection >= 0) {
      return search(at + 1, false);
    }
    long version = window.u32(at + 6 + length + 4);
    if (version != RAM_VERSION) {
      throw bytes.unsupported(
          "has a RAM section of version %d, which is not supported".formatted(version),
          "load it with 'qemu-system -incoming' and take 'dump-guest-memory'");
    }
    ramSection = window.u32(at + 1);
    inRam = true;
    return at + 6 + length + 8;
  }

  private long resumed(long at, int type) {
    boolean known = window.has(at, 5) && window.u32(at + 1) == ramSection;
    if (!known) {
      return search(at + 1, type == END || type == PART);
    }
    inRam = true;
    return at + 5;
  }

  private long record(long at) {
    long length = records.read(at);
    if (length == RamRecords.INVALID) {
      inRam = false;
      return search(at, true);
    }
    inRam = !records.isEnd(at);
    return at + length;
  }

  private long devicesAt(long at) {
    devices = at;
    return FINISHED;
  }

  private long ended(long at) {
    if (records.pages() > 0) {
      doubts.add(
          DoubtReason.TRUNCATED.of(
              "%s: the migration stream is truncated at offset 0x%x; copy it again or write it again"
                  .formatted(bytes.name(), at)));
    }
    return FINISHED;
  }

  /**
   * Searches for the next RAM section, or the next records.
   *
   * @param damaged whether the bytes at the offset should have been readable
   */
  private long search(long from, boolean damaged) {
    long found = StreamSearch.next(window, records, ramSection, from + 1, bytes.length());
    if (found < 0) {
      return ended(from);
    }
    if (damaged && doubts.size() < MOST_DOUBTS) {
      doubts.add(
          DoubtReason.SKIPPED_HEADER.of(
              "%s: %,d bytes at offset 0x%x of the migration stream are damaged and given up"
                  .formatted(bytes.name(), found - from, from)));
    }
    inRam = StreamSearch.isRecord(window, records, found);
    return found;
  }
}
