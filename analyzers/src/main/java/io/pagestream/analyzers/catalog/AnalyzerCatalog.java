package io.pagestream.analyzers.catalog;

import io.pagestream.analyzers.alias.CacheAliasAnalyzer;
import io.pagestream.analyzers.documents.DocumentsAnalyzer;
import io.pagestream.analyzers.example.LinuxBannerAnalyzer;
import io.pagestream.analyzers.files.FilesAnalyzer;
import io.pagestream.analyzers.identifiers.IdentifiersAnalyzer;
import io.pagestream.analyzers.keys.AesKeysAnalyzer;
import io.pagestream.analyzers.money.MoneyAnalyzer;
import io.pagestream.analyzers.paths.PathsAnalyzer;
import io.pagestream.analyzers.secrets.SecretsAnalyzer;
import io.pagestream.analyzers.text.TextAnalyzer;
import io.pagestream.analyzers.web.WebAnalyzer;
import java.util.List;

/** All analyzers. A new one requires a class, a line here, and a test that extends the contract. */
public final class AnalyzerCatalog {
  private static final List<AnalyzerRegistration> ALL =
      List.of(
          new AnalyzerRegistration(TextAnalyzer.INFO, options -> new TextAnalyzer(), true),
          new AnalyzerRegistration(AesKeysAnalyzer.INFO, AesKeysAnalyzer::new, true),
          new AnalyzerRegistration(FilesAnalyzer.INFO, FilesAnalyzer::new, true),
          new AnalyzerRegistration(SecretsAnalyzer.INFO, options -> SecretsAnalyzer.create(), true),
          new AnalyzerRegistration(MoneyAnalyzer.INFO, options -> MoneyAnalyzer.create(), true),
          new AnalyzerRegistration(WebAnalyzer.INFO, options -> WebAnalyzer.create(), true),
          new AnalyzerRegistration(
              WebAnalyzer.HEADERS_INFO, options -> WebAnalyzer.createHeaders(), true),
          new AnalyzerRegistration(
              IdentifiersAnalyzer.INFO, options -> IdentifiersAnalyzer.create(), true),
          new AnalyzerRegistration(
              IdentifiersAnalyzer.GUIDS_INFO, options -> IdentifiersAnalyzer.createGuids(), false),
          new AnalyzerRegistration(
              DocumentsAnalyzer.INFO, options -> DocumentsAnalyzer.create(), true),
          new AnalyzerRegistration(
              DocumentsAnalyzer.JSON_INFO, options -> DocumentsAnalyzer.createJson(), true),
          new AnalyzerRegistration(PathsAnalyzer.INFO, options -> PathsAnalyzer.create(), true),
          new AnalyzerRegistration(LinuxBannerAnalyzer.INFO, LinuxBannerAnalyzer::new, false),
          new AnalyzerRegistration(CacheAliasAnalyzer.INFO, CacheAliasAnalyzer::new, true));

  private AnalyzerCatalog() {}

  /** All registrations, in the order in which they run. */
  public static List<AnalyzerRegistration> all() {
    return ALL;
  }
}
