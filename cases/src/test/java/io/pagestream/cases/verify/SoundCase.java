package io.pagestream.cases.verify;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a case as {@code analyze} does, in which everything holds. */
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
    ImageLedger ledger = new ImageLedger(SmallCase.IMAGE);
    ledger.manifest(SmallCase.manifest(ImageState.CLOSED));
    for (int run = 0; run < 2; run++) {
      ledger.receipt(SmallCase.receipt(Stage.MAPPER, run, Map.of()));
      ledger.receipt(SmallCase.receipt(Stage.ANALYZERS, run, kinds(findings, run)));
    }
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    RecordCodec<PageStreamRecord> runs = new RecordCodec<>(PageStreamRecord.class);
    try (CaseFolder folder = CaseFolder.open(path, true, signer);
        FindingSorter sorter = new FindingSorter(folder.scratch(), 1, 10);
        VerdictStore verdicts = new VerdictStore(folder.scratch(), "verdicts")) {
      findings.forEach(finding -> sorter.add(0, finding, codec.encode(finding)));
      verdicts.manifest(SmallCase.manifest(ImageState.CLOSED));
      SmallCase.verdicts()
          .forEach(run -> verdicts.add(run, runs.encode(new PageStreamRecord(run))));
      CollectedCase collected =
          new CollectedCase(
              List.of(ledger),
              sorter.sorted(),
              List.of(verdicts),
              List.of(ImageCoverage.of(ledger, verdicts)),
              List.of(),
              List.of(),
              0,
              List.of(),
              null);
      return folder.write(
          new CaseFacts("test", List.of("analyze"), NOON, NOON, Map.of(), List.of()), collected);
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
        .filter(finding -> finding.getPhysicalAddress() / RUN_BYTES == run)
        .forEach(finding -> kinds.merge(finding.getKind(), 1L, Long::sum));
    return kinds;
  }
}
