package io.pagestream.analyzers.catalog;

import io.pagestream.analyzers.alias.CacheAliasAnalyzer;
import io.pagestream.analyzers.anomaly.MappingAnomalyAnalyzer;
import io.pagestream.analyzers.decoders.DecodersAnalyzer;
import io.pagestream.analyzers.documents.DocumentsAnalyzer;
import io.pagestream.analyzers.eventlog.EventLogAnalyzer;
import io.pagestream.analyzers.example.LinuxBannerAnalyzer;
import io.pagestream.analyzers.files.FilesAnalyzer;
import io.pagestream.analyzers.identifiers.IdentifiersAnalyzer;
import io.pagestream.analyzers.identity.PublicKeysAnalyzer;
import io.pagestream.analyzers.keys.AesKeysAnalyzer;
import io.pagestream.analyzers.keys.FvekAnalyzer;
import io.pagestream.analyzers.linux.LinuxAnalyzer;
import io.pagestream.analyzers.money.MoneyAnalyzer;
import io.pagestream.analyzers.network.NetworkAnalyzer;
import io.pagestream.analyzers.ntfs.NtfsAnalyzer;
import io.pagestream.analyzers.pages.PageFactsAnalyzer;
import io.pagestream.analyzers.paths.PathsAnalyzer;
import io.pagestream.analyzers.privatekey.PrivateKeysAnalyzer;
import io.pagestream.analyzers.registry.RegistryAnalyzer;
import io.pagestream.analyzers.secrets.SecretsAnalyzer;
import io.pagestream.analyzers.text.TextAnalyzer;
import io.pagestream.analyzers.volume.VolumeKeysAnalyzer;
import io.pagestream.analyzers.web.WebAnalyzer;
import io.pagestream.analyzers.windows.WindowsAnalyzer;
import io.pagestream.analyzers.windows.WindowsPoolAnalyzer;
import io.pagestream.analyzers.yara.YaraAnalyzer;
import java.util.List;

/** All analyzers. A new one requires a class, a line here, and a test that extends the contract. */
public final class AnalyzerCatalog {
  private static final List<AnalyzerRegistration> ALL =
      List.of(
          new AnalyzerRegistration(TextAnalyzer.INFO, options -> new TextAnalyzer(), true),
          new AnalyzerRegistration(AesKeysAnalyzer.INFO, AesKeysAnalyzer::new, true),
          new AnalyzerRegistration(PrivateKeysAnalyzer.INFO, PrivateKeysAnalyzer::new, true),
          new AnalyzerRegistration(PublicKeysAnalyzer.INFO, PublicKeysAnalyzer::new, true),
          new AnalyzerRegistration(VolumeKeysAnalyzer.INFO, VolumeKeysAnalyzer::new, true),
          new AnalyzerRegistration(FvekAnalyzer.INFO, FvekAnalyzer::new, true),
          new AnalyzerRegistration(FilesAnalyzer.INFO, FilesAnalyzer::new, true),
          new AnalyzerRegistration(NetworkAnalyzer.INFO, NetworkAnalyzer::new, true),
          new AnalyzerRegistration(EventLogAnalyzer.INFO, EventLogAnalyzer::new, true),
          new AnalyzerRegistration(RegistryAnalyzer.INFO, RegistryAnalyzer::new, true),
          new AnalyzerRegistration(NtfsAnalyzer.INFO, NtfsAnalyzer::new, true),
          new AnalyzerRegistration(WindowsAnalyzer.INFO, WindowsAnalyzer::new, true),
          new AnalyzerRegistration(WindowsPoolAnalyzer.INFO, WindowsPoolAnalyzer::new, true),
          new AnalyzerRegistration(LinuxAnalyzer.INFO, LinuxAnalyzer::new, true),
          new AnalyzerRegistration(DecodersAnalyzer.INFO, DecodersAnalyzer::new, true),
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
          new AnalyzerRegistration(CacheAliasAnalyzer.INFO, CacheAliasAnalyzer::new, true),
          new AnalyzerRegistration(MappingAnomalyAnalyzer.INFO, MappingAnomalyAnalyzer::new, true),
          new AnalyzerRegistration(PageFactsAnalyzer.INFO, PageFactsAnalyzer::new, false),
          new AnalyzerRegistration(YaraAnalyzer.INFO, YaraAnalyzer::new, false));

  private AnalyzerCatalog() {}

  /** All registrations, in the order in which they run. */
  public static List<AnalyzerRegistration> all() {
    return ALL;
  }
}
