package io.pagestream.analyzers.registry;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;

/**
 * Finds Windows registry hives at any alignment: headers, bins, and each key, also in free cells.
 *
 * <ul>
 *   <li>{@code registry-hive}, high: version, type and the checksum of the header; medium if only
 *       the checksum is wrong.
 *   <li>{@code registry-hbin}, high: the sizes of the cells add up to the size of the bin; medium
 *       if the bin is longer than what is examined or continues elsewhere.
 *   <li>{@code registry-key}, medium: the size of the cell, the flags, the time, the alignment of
 *       all references to other cells, and the characters of the name; low in a free cell, where
 *       parts may be overwritten.
 * </ul>
 */
public final class RegistryAnalyzer extends RecordAnalyzer {
  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "registry",
              "Windows registry: hive headers, hive bins, and keys with names and times.",
              List.of(
                  FindingKind.proven(HiveHeader.KIND),
                  FindingKind.checked(HiveBin.KIND),
                  FindingKind.checked(KeyNode.KIND)),
              0,
              HiveBin.PAGE,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public RegistryAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<RecordFormat> formats() {
    return List.of(HiveHeader.FORMAT, HiveBin.FORMAT, KeyNode.FORMAT);
  }
}
