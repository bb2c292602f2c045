package io.pagestream.analyzers.catalog;

import io.pagestream.analyzers.alias.CacheAliasAnalyzer;
import io.pagestream.analyzers.decoders.DecodersAnalyzer;
import io.pagestream.analyzers.example.LinuxBannerAnalyzer;
import io.pagestream.analyzers.files.FilesAnalyzer;
import io.pagestream.analyzers.keys.AesKeysAnalyzer;
import io.pagestream.analyzers.text.TextAnalyzer;
import java.util.List;

/** All analyzers. A new one requires a class, a line here, and a test that extends the contract. */
public final class AnalyzerCatalog {
  private static final List<AnalyzerRegistration> ALL =
      List.of(
          new AnalyzerRegistration(TextAnalyzer.INFO, options -> new TextAnalyzer(), true),
          new AnalyzerRegistration(AesKeysAnalyzer.INFO, AesKeysAnalyzer::new, true),
          new AnalyzerRegistration(FilesAnalyzer.INFO, FilesAnalyzer::new, true),
          new AnalyzerRegistration(DecodersAnalyzer.INFO, DecodersAnalyzer::new, true),
          new AnalyzerRegistration(LinuxBannerAnalyzer.INFO, LinuxBannerAnalyzer::new, false),
          new AnalyzerRegistration(CacheAliasAnalyzer.INFO, CacheAliasAnalyzer::new, true));

  private AnalyzerCatalog() {}

  /** All registrations, in the order in which they run. */
  public static List<AnalyzerRegistration> all() {
    return ALL;
  }
}
