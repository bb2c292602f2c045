package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Arrays;
import java.util.List;

/**
 * Finds allocations of kernel objects in the pools of 64-bit Windows by their tags: processes,
 * threads, files, drivers, mutants, symbolic links, modules, and network endpoints. They are at
 * multiples of 16 bytes and do not cross pages.
 *
 * <p>All kinds are rated medium if the header of the next allocation states the size of this one,
 * or if the allocation contains the beginning of an object of the right type. Symbolic links,
 * modules and endpoints, whose types have no constant, are also reported by their own header, with
 * low confidence. An allocation may be free: its contents then remain until it is used again.
 */
public final class WindowsPoolAnalyzer extends RecordAnalyzer {
  private static final int PAGE = 4096;

  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "windows-pool",
              "Windows: pool allocations of processes, threads, files, drivers, and other objects.",
              kinds(),
              0,
              PAGE,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public WindowsPoolAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<FindingKind> kinds() {
    return Arrays.stream(PoolObject.values())
        .map(PoolObject::kind)
        .distinct()
        .map(FindingKind::checked)
        .toList();
  }

  private static List<RecordFormat> formats() {
    return List.of(PoolAllocation.FORMAT);
  }
}
