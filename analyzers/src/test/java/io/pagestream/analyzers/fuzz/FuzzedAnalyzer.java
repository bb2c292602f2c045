package io.pagestream.analyzers.fuzz;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Analyzes one input and checks what holds for any input. */
public final class FuzzedAnalyzer {
  /** Longer inputs are slower and show nothing that shorter ones do not. */
  private static final int LONGEST = 16 * 1024;

  private static final Map<String, Analyzer> ANALYZERS = new HashMap<>();

  private FuzzedAnalyzer() {}

  /**
   * No exception, no finding that violates the contract, and the same findings if memory is cut in
   * two.
   *
   * @param name the analyzer
   * @param memory the input
   */
  public static void analyze(String name, byte[] memory) {
    if (memory.length < 2 || memory.length > LONGEST) {
      return;
    }
    Analyzer analyzer = ANALYZERS.computeIfAbsent(name, FuzzedAnalyzer::create);
    SyntheticMemory whole = new SyntheticMemory(memory, 0x10_0000);
    Set<Found> once = whole.whole(analyzer);
    int boundary = boundary(name, memory);
    Set<Found> cut = whole.cut(analyzer, boundary);
    if (!once.equals(cut)) {
      Set<Found> lost = new HashSet<>(once);
      lost.removeAll(cut);
      cut.removeAll(once);
      throw new AssertionError(
          "%s, cut at %d: lost %s, added %s".formatted(name, boundary, lost, cut));
    }
  }

  /** The work of decoders is limited by page: their windows are cut between pages. */
  private static int boundary(String name, byte[] memory) {
    return name.equals("decoders")
        ? memory.length > Pages.SIZE ? Pages.SIZE : memory.length
        : memory.length / 4 + 1 + (memory[memory.length / 2] & 0x3f);
  }

  private static Analyzer create(String name) {
    return AnalyzerCatalog.all().stream()
        .filter(one -> one.info().name().equals(name))
        .findFirst()
        .orElseThrow()
        .factory()
        .apply(
            new AnalyzerOptions(
                name, name.equals("page-facts") ? Map.of("hashes", "1") : Map.of()));
  }
}
