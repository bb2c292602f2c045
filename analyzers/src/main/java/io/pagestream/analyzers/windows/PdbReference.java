package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reference of a program to its symbols, CodeView's PDB 7.0 record: {@code RSDS}, GUID at 4,
 * age at 20, file name (UTF-8) at 24. The GUID in hexadecimal and the age are the key of a symbol
 * server.
 */
final class PdbReference {
  static final String KIND = "pdb-reference";
  static final RecordFormat FORMAT = RecordFormat.startingWith("RSDS", 4, PdbReference::describe);

  private static final int NAME = 24;
  private static final int LONGEST_NAME = 1024;

  /** Highest plausible age: the number of times that a linker has updated the file. */
  private static final long MAX_AGE = 0xffff;

  private PdbReference() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, NAME + 5) || bytes.u32(20) == 0 || bytes.u32(20) > MAX_AGE) {
      return null;
    }
    if (bytes.s64(4) == 0 || bytes.s64(12) == 0) {
      return null;
    }
    int length = bytes.textLength(NAME, LONGEST_NAME);
    if (length < 5) {
      return null;
    }
    String name = bytes.utf8(NAME, length);
    if (!name.toLowerCase(Locale.ROOT).endsWith(".pdb")) {
      return null;
    }
    String guid = bytes.guid(4);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("guid", guid);
    attributes.put("age", Long.toString(bytes.u32(20)));
    attributes.put(
        "symbol-key",
        "%s%X".formatted(guid.replace("-", "").toUpperCase(Locale.ROOT), bytes.u32(20)));
    return new Artifact(KIND, NAME + length + 1, name, Encoding.UTF_8, attributes, null);
  }
}
