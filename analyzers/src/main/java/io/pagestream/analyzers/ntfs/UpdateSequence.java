package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.records.RecordBytes;
import org.jspecify.annotations.Nullable;

/**
 * The update sequence of a record: offset at 4, length in 16-bit numbers at 6. The first number is
 * at the end of each 512 bytes of the record on disk; the others are the bytes that it replaces.
 */
final class UpdateSequence {
  /** Largest record. */
  static final int MAX_RECORD = 4096;

  static final int SECTOR = 512;

  /** The state of the ends of the sectors. */
  enum State {
    /** All of them have the sequence number. */
    ON_DISK("on-disk"),
    /** All of them have the original bytes. */
    APPLIED("applied"),
    /** Neither: a sector is of another version or was overwritten. */
    DAMAGED("damaged");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word used in findings. */
    String word() {
      return word;
    }
  }

  private final byte[] copy = new byte[MAX_RECORD];
  private final RecordBytes repaired = new RecordBytes();

  /** Verifies a record of {@code size} bytes; null if it is not visible or has no such sequence. */
  @Nullable State verify(RecordBytes bytes, int size) {
    int sequence = bytes.u16(4);
    int sectors = bytes.u16(6) - 1;
    if (sectors * SECTOR != size
        || !bytes.has(0, size)
        || sequence % 2 != 0
        || sequence + 2 * sectors + 2 > SECTOR - 2) {
      return null;
    }
    boolean onDisk = true;
    boolean applied = true;
    for (int sector = 1; sector <= sectors && (onDisk || applied); sector++) {
      int last = bytes.u16(sector * SECTOR - 2);
      onDisk &= last == bytes.u16(sequence);
      applied &= last == bytes.u16(sequence + 2 * sector);
    }
    if (onDisk) {
      return State.ON_DISK;
    }
    return applied ? State.APPLIED : State.DAMAGED;
  }

  /** The record with its original bytes; valid until the next call. */
  RecordBytes repair(RecordBytes bytes, int size, State state) {
    bytes.copyTo(copy, 0, size);
    int sequence = bytes.u16(4);
    for (int sector = 1; state != State.APPLIED && sector * SECTOR <= size; sector++) {
      int last = sector * SECTOR - 2;
      if (bytes.u16(last) == bytes.u16(sequence)) {
        copy[last] = (byte) bytes.u8(sequence + 2 * sector);
        copy[last + 1] = (byte) bytes.u8(sequence + 2 * sector + 1);
      }
    }
    repaired.show(copy, size);
    return repaired;
  }
}
