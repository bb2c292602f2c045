package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A prefetch file without compression (libscca, "Windows Prefetch File (PF) format"): version at 0,
 * {@code SCCA} at 4, size at 12, name of the program (UTF-16, 60 bytes) at 16, hash of its path at
 * 76, offset of the first section at 84.
 */
final class Prefetch {
  static final String KIND = "prefetch";

  /** The versions 17, 23, 26, 30 and 31, and the signature. */
  static final RecordFormat FORMAT =
      RecordFormat.startingWith(
          "[\\x11\\x17\\x1a\\x1e\\x1f]\\x00\\x00\\x00SCCA", 8, Prefetch::describe);

  private static final int HEADER = 84;
  private static final int NAME = 16;
  private static final int NAME_CHARS = 30;
  private static final int LONGEST = 304;

  private Prefetch() {}

  /**
   * The part that depends on the version.
   *
   * @param firstSection offset of the first section, after this part
   * @param times offset of the last run times
   * @param count their number
   * @param runs offset of the number of runs
   */
  private record Layout(int firstSection, int times, int count, int runs) {}

  private static @Nullable Layout layout(RecordBytes bytes) {
    long section = bytes.u32(HEADER);
    Layout layout =
        switch (bytes.u8(0)) {
          case 17 -> new Layout(152, 120, 1, 144);
          case 23 -> new Layout(240, 128, 1, 152);
          case 26 -> new Layout(304, 128, 8, 208);
          default ->
              section == LONGEST ? new Layout(304, 128, 8, 208) : new Layout(296, 128, 8, 200);
        };
    return section == layout.firstSection() ? layout : null;
  }

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, LONGEST)) {
      return null;
    }
    Layout layout = layout(bytes);
    int chars = bytes.utf16Length(NAME, NAME_CHARS);
    long size = bytes.u32(12);
    if (layout == null
        || chars == 0
        || chars == NAME_CHARS
        || !bytes.isUtf16Text(NAME, chars)
        || size < layout.firstSection()
        || size > 1 << 26) {
      return null;
    }
    StringJoiner times = new StringJoiner("|");
    for (int i = 0; i < layout.count(); i++) {
      long time = bytes.s64(layout.times() + 8 * i);
      if (Times.isFiletime(time)) {
        times.add(Times.filetime(time));
      } else if (time != 0) {
        return null;
      }
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", Integer.toString(bytes.u8(0)));
    attributes.put("path-hash", "%08X".formatted(bytes.u32(76)));
    attributes.put("run-count", Long.toString(bytes.u32(layout.runs())));
    attributes.put("declared-size", Long.toString(size));
    if (times.length() > 0) {
      attributes.put("last-runs", times.toString());
    }
    return Artifact.binary(KIND, layout.firstSection(), bytes.utf16(NAME, chars), attributes)
        .in(Encoding.UTF_16LE);
  }
}
