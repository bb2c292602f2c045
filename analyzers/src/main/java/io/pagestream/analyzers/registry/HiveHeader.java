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
 * The header of a hive or of its log: sequence numbers at 4 and 8, FILETIME at 12, version at 20
 * and 24, type at 28, format at 32, root cell at 36, size of the bins at 40, file name (UTF-16) at
 * 48, XOR of the first 508 bytes as 32-bit numbers at 508.
 */
final class HiveHeader {
  static final String KIND = "registry-hive";
  static final RecordFormat FORMAT = RecordFormat.startingWith("regf", 4, HiveHeader::describe);

  private static final int HEADER = 512;
  private static final int CHECKSUM = 508;
  private static final int LAST_TYPE = 6;
  private static final int NAME_CHARS = 32;

  private HiveHeader() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, HEADER)
        || bytes.u32(20) != 1
        || bytes.u32(24) < 2
        || bytes.u32(24) > 6
        || bytes.u32(28) > LAST_TYPE
        || bytes.u32(32) != 1
        || bytes.u32(36) % 8 != 0
        || bytes.u32(40) % 4096 != 0) {
      return null;
    }
    boolean valid = checksum(bytes) == bytes.s32(CHECKSUM);
    int chars = bytes.utf16Length(48, NAME_CHARS);
    String name = bytes.isUtf16Text(48, chars) ? bytes.utf16(48, chars) : "";
    Map<String, String> attributes = new TreeMap<>();
    String version = "1." + bytes.u32(24);
    attributes.put("version", version);
    attributes.put("type", bytes.u32(28) == 0 ? "hive" : "log");
    attributes.put("checksum", valid ? "valid" : "invalid");
    attributes.put("dirty", Boolean.toString(bytes.u32(4) != bytes.u32(8)));
    attributes.put("root-cell", "0x%x".formatted(bytes.u32(36)));
    attributes.put("declared-size", Long.toString(bytes.u32(40)));
    if (!name.isEmpty()) {
      attributes.put("name", name);
    }
    if (Times.isFiletime(bytes.s64(12))) {
      attributes.put("last-written", Times.filetime(bytes.s64(12)));
    }
    String value = name.isEmpty() ? "registry hive " + version : name;
    return Artifact.binary(KIND, HEADER, value, attributes)
        .rated(valid ? Confidence.HIGH : Confidence.MEDIUM);
  }

  /** The results 0 and -1 are stored as 1 and -2. */
  private static int checksum(RecordBytes bytes) {
    int sum = 0;
    for (int i = 0; i < CHECKSUM; i += 4) {
      sum ^= bytes.s32(i);
    }
    return switch (sum) {
      case 0 -> 1;
      case -1 -> -2;
      default -> sum;
    };
  }
}
