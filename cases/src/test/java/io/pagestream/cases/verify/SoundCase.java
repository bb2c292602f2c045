package io.pagestream.cases.verify;

import io.pagestream.cases.CollectedSmallCase;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a valid case, like {@code analyze}. */
final class SoundCase {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int FINDINGS = 60;
  private static final int RUN_BYTES = 10 * 4096;

  private SoundCase() {}

  static WrittenCase write(Path path) {
    return write(path, "example.com", Optional.empty());
  }

  /**
   * Writes it.
   *
   * @param domain of the e-mail addresses, by which cases differ
   */
  static WrittenCase write(Path path, String domain, Optional<ManifestSigner> signer) {
    List<Finding> findings = findings(domain);
    List<RunReceipt> receipts = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      receipts.add(SmallCase.receipt(Stage.MAPPER, run, Map.of()));
      receipts.add(SmallCase.receipt(Stage.ANALYZERS, run, kinds(findings, run)));
    }
    CaseFacts facts = new CaseFacts("test", List.of("analyze"), NOON, NOON, Map.of(), List.of());
    try (CaseFolder folder = CaseFolder.open(path, true, signer)) {
      return CollectedSmallCase.write(folder, facts, receipts, findings);
    }
  }

  private static List<Finding> findings(String domain) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < FINDINGS; i++) {
      boolean url = i % 3 == 0;
      findings.add(
          SmallCase.finding(
              i * 1300L,
              url ? "url" : "email",
              (url ? "http://" : "user%d@".formatted(i)) + domain));
    }
    return findings;
  }

  private static Map<String, Long> kinds(List<Finding> findings, int run) {
    Map<String, Long> kinds = new HashMap<>();
    findings.stream()
        .filter(finding -> finding.getLocation().getAddress() / RUN_BYTES == run)
        .forEach(finding -> kinds.merge(finding.getKind(), 1L, Long::sum));
    return kinds;
  }
}
