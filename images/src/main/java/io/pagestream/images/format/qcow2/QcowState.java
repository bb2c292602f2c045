package io.pagestream.images.format.qcow2;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The machine's state in a snapshot: it follows the disk in the snapshot's tables, at the next
 * boundary of a second-level table. Clusters that are not allocated read as zeros.
 */
final class QcowState implements ImageBytes {
  /** Bits 9 to 55 of an entry: an offset in the file. */
  private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

  private static final long COMPRESSED = 1L << 62;
  private static final long ZEROS = 1;
  private static final int SUBCLUSTERS = 32;
  private static final long NO_TABLE = -1;

  private final ImageBytes file;
  private final QcowHeader header;
  private final Snapshot snapshot;
  private final long start;
  private final MemorySegment entry = MemorySegment.ofArray(new byte[2 * Long.BYTES]);
  private long table = NO_TABLE;
  private long tableOffset;

  QcowState(ImageBytes file, QcowHeader header, Snapshot snapshot) {
    this.file = file;
    this.header = header;
    this.snapshot = snapshot;
    long unit = 1L << header.tableBits();
    this.start = (snapshot.diskBytes() + unit - 1) & -unit;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return snapshot.stateBytes();
  }

  @Override
  public long storedLength() {
    return file.storedLength();
  }

  /** Doubts about the file: any of them may concern the state. */
  @Override
  public List<DoubtfulBytes> doubts() {
    return file.doubts().stream()
        .map(doubt ->
            new DoubtfulBytes(
                doubt.reason(), 0, doubt.length() == 0 ? 0 : length(), doubt.message()))
        .toList();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset < 0 || offset >= length()) {
      return 0;
    }
    long wanted = Math.min(destination.byteSize(), length() - offset);
    long unit = 1L << header.clusterBits();
    long step = header.extended() ? unit / SUBCLUSTERS : unit;
    long done = 0;
    while (done < wanted) {
      long at = start + offset + done;
      long size = Math.min(step - at % step, wanted - done);
      MemorySegment part = destination.asSlice(done, size);
      long place = place(at);
      long read = size;
      if (place == 0) {
        part.fill((byte) 0);
      } else {
        read = place < 0 ? 0 : file.read(place + at % unit, part);
      }
      done += read;
      if (read < size) {
        break;
      }
    }
    return done;
  }

  /** The offset in the file of the cluster with a byte; 0 for zeros, negative if it is damaged. */
  private long place(long at) {
    long number = at >>> header.tableBits();
    if (number != table) {
      if (number >= snapshot.tableEntries()) {
        return -1;
      }
      long first = word(snapshot.tableOffset() + number * Long.BYTES);
      if (first < 0 && (first & OFFSET) == 0) {
        return -1;
      }
      table = number;
      tableOffset = first & OFFSET;
    }
    if (tableOffset == 0) {
      return 0;
    }
    long index =
        (at >>> header.clusterBits()) & ((1L << (header.tableBits() - header.clusterBits())) - 1);
    long position = tableOffset + index * header.entryBytes();
    if (file.read(position, entry.asSlice(0, header.entryBytes())) != header.entryBytes()) {
      return -1;
    }
    long value = BigEndian.i64(entry, 0);
    if ((value & COMPRESSED) != 0) {
      return -1;
    }
    boolean zeros = header.extended() ? !isAllocated(at) : (value & ZEROS) != 0;
    return zeros ? 0 : value & OFFSET;
  }

  private boolean isAllocated(long at) {
    long subcluster = (at >>> (header.clusterBits() - 5)) & (SUBCLUSTERS - 1);
    return (BigEndian.i64(entry, Long.BYTES) >>> subcluster & 1) != 0;
  }

  private long word(long offset) {
    return file.read(offset, entry.asSlice(0, Long.BYTES)) == Long.BYTES
        ? BigEndian.i64(entry, 0)
        : Long.MIN_VALUE;
  }

  @Override
  public void close() {
    file.close();
  }
}
