package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's description of itself for crash dumps (Linux, Documentation/admin-guide/kdump/
 * vmcoreinfo.rst): lines of {@code KEY=VALUE} from {@code OSRELEASE=} on, at most a page, each key
 * once.
 */
final class VmCoreInfo {
  static final String KIND = "vmcoreinfo";
  static final RecordFormat FORMAT =
      RecordFormat.startingWith("OSRELEASE=", 10, VmCoreInfo::describe);

  private static final int LONGEST_LINE = 128;
  private static final int MAX_LINES = 256;

  /** Lines of a kernel's text; kernels write some 40 to 150. */
  private static final int MIN_LINES = 8;

  private static final Map<String, String> KEYS =
      Map.of(
          "OSRELEASE", "kernel-release",
          "PAGESIZE", "page-size",
          "BUILD-ID", "build-id",
          "CRASHTIME", "crash-time",
          "KERNELOFFSET", "kernel-offset",
          "NUMBER(phys_base)", "phys-base");

  private VmCoreInfo() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!Lines.begins(bytes, 0)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    boolean symbols = false;
    int offset = 0;
    int lines = 0;
    while (lines < MAX_LINES) {
      int length = line(bytes, offset);
      if (length < 0) {
        break;
      }
      String line = bytes.latin1(offset, length);
      int equals = line.indexOf('=');
      String key = KEYS.get(line.substring(0, equals));
      if (key != null && attributes.put(key, line.substring(equals + 1)) != null) {
        return null;
      }
      symbols |= line.startsWith("SYMBOL(");
      offset += length + 1;
      lines++;
    }
    String release = attributes.get("kernel-release");
    if (release == null
        || release.isEmpty()
        || !attributes.containsKey("page-size")
        || !symbols
        || lines < MIN_LINES) {
      return null;
    }
    attributes.put("lines", Integer.toString(lines));
    return new Artifact(KIND, offset, release, Encoding.ASCII, attributes, null);
  }

  /** Length of a line that has a key and ends with a line feed, or -1. */
  private static int line(RecordBytes bytes, int offset) {
    int length = Lines.length(bytes, offset, LONGEST_LINE, true);
    if (length < 3 || bytes.u8(offset + length) != '\n') {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      int next = bytes.u8(offset + i);
      if (next == '=') {
        return i == 0 ? -1 : length;
      }
      if (next <= ' ') {
        return -1;
      }
    }
    return -1;
  }
}
