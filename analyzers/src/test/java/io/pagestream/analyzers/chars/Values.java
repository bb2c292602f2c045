package io.pagestream.analyzers.chars;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The values of one kind that are found in a text; the same ones in both encodings. */
public final class Values {
  private Values() {}

  /** The values in a text, in ASCII and in UTF-16LE. */
  public static List<String> in(String analyzer, String text, String kind) {
    List<String> narrow = in(analyzer, text.getBytes(StandardCharsets.ISO_8859_1), kind);
    List<String> wide = in(analyzer, text.getBytes(StandardCharsets.UTF_16LE), kind);
    if (!narrow.equals(wide)) {
      throw new AssertionError("ASCII " + narrow + ", UTF-16LE " + wide);
    }
    return narrow;
  }

  /** The values in memory. */
  public static List<String> in(String name, byte[] bytes, String kind) {
    try (Analyzer analyzer = analyzer(name)) {
      // In the middle of a page: its edge may end an artifact that is not valid across it.
      byte[] padded = new byte[1024 + bytes.length];
      System.arraycopy(bytes, 0, padded, 1024, bytes.length);
      return new SyntheticMemory(padded, 0)
          .whole(analyzer).stream()
              .filter(found -> found.kind().equals(kind))
              .map(Found::value)
              .toList();
    }
  }

  private static Analyzer analyzer(String name) {
    return AnalyzerCatalog.all().stream()
        .filter(line -> line.info().name().equals(name))
        .findFirst()
        .orElseThrow()
        .factory()
        .apply(AnalyzerOptions.none(name));
  }
}
