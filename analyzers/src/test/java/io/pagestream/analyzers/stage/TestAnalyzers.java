package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import java.util.List;
import java.util.function.BiConsumer;

/** Analyzers made of a lambda; they may report artifacts of the kind {@code mark}. */
final class TestAnalyzers {
  private TestAnalyzers() {}

  static AnalyzerRegistration of(String name, BiConsumer<Window, FindingSink> body) {
    AnalyzerInfo info =
        new AnalyzerInfo(
            name, "For the test.", List.of(FindingKind.proven("mark")), 0, 1, List.of());
    return new AnalyzerRegistration(
        info,
        options ->
            new Analyzer() {
              @Override
              public AnalyzerInfo info() {
                return info;
              }

              @Override
              public void analyze(Window window, Matches matches, FindingSink findings) {
                body.accept(window, findings);
              }
            },
        true);
  }
}
