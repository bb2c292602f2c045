package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.schemas.doubt.DoubtReason;

/**
 * Notes doubts about a compressed file. Every message begins with the file's name; positions in the
 * decompressed data are the sink's current length unless they are given.
 */
record StreamDoubts(CompressedInput input, PlainSink sink) {
  private static final String ACQUIRE = "; copy the image again or acquire it again";

  /** The disk cannot read a part of the file. */
  void unreadable(BadSector bad) {
    here(
        DoubtReason.UNREADABLE,
        "%,d bytes at offset 0x%x cannot be read from the disk; the data compressed in them is lost"
            .formatted(bad.next() - bad.offset(), bad.offset()));
  }

  /**
   * The file ends too early.
   *
   * @param where what it cuts off, with the punctuation before it
   */
  void truncated(String where) {
    here(
        DoubtReason.TRUNCATED,
        "the file ends after %,d bytes%s%s".formatted(input.length(), where, ACQUIRE));
  }

  /**
   * The rest of the file is not compressed data.
   *
   * @param at where the rest begins
   * @param unit the term for what the file should consist of
   */
  void trailing(long at, String unit) {
    here(
        DoubtReason.TRAILING_BYTES,
        "%,d bytes from offset 0x%x on, after the last %s, are ignored"
            .formatted(input.length() - at, at, unit));
  }

  /**
   * An unknown number of bytes is lost, so that all following data may have moved.
   *
   * @param unit the term for what the file consists of
   * @param at where the file continues
   */
  void moved(String unit, long at) {
    onwards(
        DoubtReason.DAMAGED_STREAM,
        sink.length(),
        "how many bytes are lost before the %s at offset 0x%x is not known: from there on, bytes may be at wrong addresses"
            .formatted(unit, at));
  }

  /** From a position of the decompressed data on, any byte may be wrong. */
  void onwards(DoubtReason reason, long from, String what) {
    within(reason, from, DoubtfulBytes.TO_END, what);
  }

  /** In a part of the decompressed data, any byte may be wrong. */
  void within(DoubtReason reason, long from, long length, String what) {
    sink.doubt(new DoubtfulBytes(reason, from, length, input.name() + ": " + what + ACQUIRE));
  }

  /** A doubt that concerns no byte that is there, without advice. */
  void here(DoubtReason reason, String what) {
    sink.doubt(new DoubtfulBytes(reason, sink.length(), 0, input.name() + ": " + what));
  }
}
