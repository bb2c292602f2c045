package io.pagestream.images.format.qcow2;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An internal snapshot (QEMU docs/interop/qcow2, "Snapshots"), big endian: 0 u64 offset of its
 * first-level table, 8 u32 entries, 12 u16 length of its id, 14 u16 length of its name, 16 u32
 * seconds, 20 u32 nanoseconds, 32 u32 size of the machine's state, 36 u32 length of extra data: u64
 * size of the state, u64 size of the disk; then id and name, padded to 8 bytes.
 *
 * @param tableOffset where its first-level table is
 * @param tableEntries number of entries
 * @param name its name
 * @param time when it was taken
 * @param stateBytes size of the machine's state; 0 if it has only the disk
 * @param diskBytes size of the disk when it was taken
 */
record Snapshot(
    long tableOffset,
    long tableEntries,
    String name,
    Instant time,
    long stateBytes,
    long diskBytes) {
  private static final int HEADER = 40;

  /** QEMU's own limits (block/qcow2.h). */
  private static final int MOST = 65536;

  private static final int LARGEST_EXTRA = 1024;

  /** The snapshots of a file, in the order of their table. */
  static List<Snapshot> read(ImageBytes bytes, QcowHeader header) {
    if (header.snapshots() > MOST) {
      throw bytes.corrupt(60, "%,d snapshots".formatted(header.snapshots()));
    }
    List<Snapshot> snapshots = new ArrayList<>();
    long at = header.snapshotsOffset();
    for (int i = 0; i < header.snapshots(); i++) {
      MemorySegment fixed = bytes.require(at, HEADER, "the table of snapshots");
      int id = BigEndian.u16(fixed, 12);
      int name = BigEndian.u16(fixed, 14);
      long extra = BigEndian.u32(fixed, 36);
      if (extra > LARGEST_EXTRA) {
        throw bytes.corrupt(at + 36, "snapshot %d has %,d bytes of extra data".formatted(i, extra));
      }
      MemorySegment more =
          bytes.require(at + HEADER, (int) extra + id + name, "the table of snapshots");
      snapshots.add(
          new Snapshot(
              BigEndian.i64(fixed, 0),
              BigEndian.u32(fixed, 8),
              text(more, extra + id, name),
              Instant.ofEpochSecond(BigEndian.u32(fixed, 16), BigEndian.u32(fixed, 20)),
              extra >= 8 ? BigEndian.i64(more, 0) : BigEndian.u32(fixed, 32),
              extra >= 16 ? BigEndian.i64(more, 8) : header.diskBytes()));
      at += (HEADER + extra + id + name + 7) & ~7;
    }
    return snapshots;
  }

  private static String text(MemorySegment bytes, long offset, int length) {
    byte[] text = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }
}
