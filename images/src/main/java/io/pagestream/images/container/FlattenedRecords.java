package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;

/** The records of one group of a flattened file. */
final class FlattenedRecords {
  private final int group;
  private final long[] starts = new long[FlattenedGroups.RECORDS_IN_GROUP + 1];
  private final long[] sources = new long[FlattenedGroups.RECORDS_IN_GROUP];
  private int count;

  private FlattenedRecords(int group) {
    this.group = group;
  }

  /** Reads the headers of the group's records again. */
  static FlattenedRecords read(ImageBytes bytes, int number, FlattenedGroups.Group group) {
    FlattenedRecords records = new FlattenedRecords(number);
    long target = group.target();
    long source = group.source();
    long end = target + group.length();
    while (target < end && records.count < FlattenedGroups.RECORDS_IN_GROUP) {
      long size = FlattenedGroups.recordSize(bytes, source);
      if (size <= 0) {
        throw bytes.corrupt(source, "a flattened record changed while the file was read");
      }
      records.starts[records.count] = target;
      records.sources[records.count] = source + FlattenedGroups.RECORD_HEADER;
      records.count++;
      target = Math.min(end, target + size);
      source += FlattenedGroups.RECORD_HEADER + size;
    }
    records.starts[records.count] = target;
    return records;
  }

  int group() {
    return group;
  }

  /** The record that contains a position of the target, which the group must contain. */
  int at(long target) {
    int record = 0;
    while (record + 1 < count && starts[record + 1] <= target) {
      record++;
    }
    return record;
  }

  /** Position in the target after a record. */
  long end(int record) {
    return starts[record + 1];
  }

  /** Position in the file of a position in the target. */
  long source(int record, long target) {
    return sources[record] + (target - starts[record]);
  }
}
