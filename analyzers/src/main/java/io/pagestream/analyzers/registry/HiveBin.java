package io.pagestream.analyzers.registry;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A hive bin: its offset at 4, its size at 8, zero at 12, FILETIME at 20 (only in the first bin),
 * cells from 32 on. A cell begins with its size, which is negative if the cell is in use.
 */
final class HiveBin {
  static final String KIND = "registry-hbin";
  static final RecordFormat FORMAT = RecordFormat.startingWith("hbin", 4, HiveBin::describe);

  /** Bins consist of pages of this size. */
  static final int PAGE = 4096;

  private static final int HEADER = 32;
  private static final long MAX_SIZE = 1 << 26;

  private HiveBin() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, HEADER + 8) || !bytes.isZero(12, 8)) {
      return null;
    }
    long offset = bytes.u32(4);
    long size = bytes.u32(8);
    if (offset % PAGE != 0 || size == 0 || size % PAGE != 0 || size > MAX_SIZE) {
      return null;
    }
    int visible = (int) Math.min(bytes.size(), size);
    int used = 0;
    int free = 0;
    long cell = HEADER;
    while (cell <= visible - 4) {
      int stored = bytes.s32((int) cell);
      long length = Math.abs((long) stored);
      if (length < 8 || length % 8 != 0 || length > size - cell) {
        break;
      }
      cell += length;
      if (stored < 0) {
        used++;
      } else {
        free++;
      }
    }
    if (cell == HEADER) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("offset", "0x%x".formatted(offset));
    attributes.put("size", Long.toString(size));
    if (Times.isFiletime(bytes.s64(20))) {
      attributes.put("time", Times.filetime(bytes.s64(20)));
    }
    boolean complete = cell == size;
    if (complete) {
      attributes.put("cells-in-use", Integer.toString(used));
      attributes.put("free-cells", Integer.toString(free));
    }
    String value = "hive bin at 0x%x, %d bytes".formatted(offset, size);
    return Artifact.binary(KIND, HEADER, value, attributes)
        .rated(complete ? Confidence.HIGH : Confidence.MEDIUM);
  }
}
