package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.RetryJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failed analysis is reported with image and address in its case, and {@code pagestream retry}
 * adds the missing findings.
 */
final class RetriedAnalysisIT {
  private static final int PAGE = 4096;
  private static final int PAGES = 300;
  private static final int RUN_PAGES = 16;
  private static final LocalJob JOB = new LocalJob(RUN_PAGES, 2, 1);

  /** The second run is the one on which the analyzer fails. */
  private static final long FAILS_AT = (long) RUN_PAGES * PAGE;

  private static final AtomicBoolean BROKEN = new AtomicBoolean();

  @TempDir static Path folder;
  private static Path image;

  @BeforeAll
  static void writeAnImage() throws Exception {
    byte[] memory = new byte[PAGES * PAGE];
    new Random(20_261_127).nextBytes(memory);
    for (int page = 0; page < PAGES; page++) {
      byte[] text = " user%d@example.com ".formatted(page).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, memory, page * PAGE + 100, text.length);
    }
    image = Files.write(folder.resolve("memory.raw"), memory);
  }

  @Test
  void whatFailedIsNamedAndRetryMakesTheCaseWhole() throws Exception {
    BROKEN.set(false);
    Path whole = folder.resolve("whole");
    CollectedCase undisturbed =
        JOB.run(whole, List.of(image), selection(), kafka -> CaseFollower.NONE);
    assertThat(undisturbed.outcome(0).exitCode()).isZero();
    assertThat(lines(whole, "dead-letters.jsonl")).isEmpty();

    BROKEN.set(true);
    Path hurt = folder.resolve("hurt");
    CollectedCase failed = JOB.run(hurt, List.of(image), selection(), kafka -> CaseFollower.NONE);
    assertThat(failed.failure()).isNull();
    assertThat(failed.outcome(0).exitCode()).isEqualTo(1);
    JsonNode letter = Repository.json(lines(hurt, "dead-letters.jsonl").getFirst());
    assertThat(letter.get("image").textValue()).isEqualTo("memory.raw");
    assertThat(letter.get("runIndex").longValue()).isEqualTo(1);
    assertThat(letter.get("physicalAddress").longValue()).isEqualTo(FAILS_AT);
    assertThat(letter.get("pageCount").longValue()).isEqualTo(RUN_PAGES);
    assertThat(letter.get("analyzer").textValue()).isEqualTo("fragile");
    assertThat(letter.get("reason").textValue()).isEqualTo("error");
    assertThat(String.join("\n", lines(hurt, "summary.txt")))
        .contains("DOUBT: analysis-failed, 0x10000-0x1ffff (16 pages): fragile (error)");
    JsonNode doubt = Repository.json(hurt.resolve("manifest.json")).get("doubts").get(0);
    assertThat(doubt.get("physicalAddress").longValue()).isEqualTo(FAILS_AT);
    assertThat(lines(hurt, "findings.jsonl")).isSubsetOf(lines(whole, "findings.jsonl"));

    RetryJob.Result still = retry(hurt, image);
    assertThat(still.recovered()).isZero();
    assertThat(still.exitCode()).isEqualTo(1);
    assertThat(lines(hurt, "dead-letters.jsonl")).hasSize(1);

    BROKEN.set(false);
    RetryJob.Result healed = retry(hurt, image);
    assertThat(healed.tried()).isEqualTo(1);
    assertThat(healed.recovered()).isEqualTo(1);
    assertThat(healed.collected().failure()).isNull();
    assertThat(healed.exitCode()).isZero();
    for (String file : List.of("findings.jsonl", "verdicts.jsonl", "dead-letters.jsonl")) {
      assertThat(hurt.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(Repository.json(hurt.resolve("manifest.json")).get("doubts")).isEmpty();
    assertThat(hurt.resolve(".retry")).doesNotExist();
    assertThat(RetryJob.hasWork(hurt)).isFalse();
  }

  @Test
  void anImageWithOtherContentIsNotTakenForTheOneOfTheCase() throws Exception {
    BROKEN.set(true);
    Path hurt = folder.resolve("other");
    JOB.run(hurt, List.of(image), selection(), kafka -> CaseFollower.NONE);
    byte[] changed = Files.readAllBytes(image);
    changed[5 * PAGE + 7] ^= 1;
    Path other =
        Files.write(Files.createDirectory(folder.resolve("x")).resolve("memory.raw"), changed);
    List<String> before = lines(hurt, "manifest.json");
    assertThatThrownBy(() -> retry(hurt, other))
        .hasMessageContaining("is not an image of the case");
    assertThat(lines(hurt, "manifest.json")).isEqualTo(before);
  }

  private static RetryJob.Result retry(Path caseFolder, Path file) throws InterruptedException {
    RetryJob.Settings settings =
        new RetryJob.Settings(
            OpenOptions.defaults(),
            MapperOptions.defaults(),
            AnalyzerStage.Settings.of(selection()));
    return new RetryJob(settings).run(caseFolder, List.of(ImageSubmission.of(List.of(file))));
  }

  private static List<String> lines(Path caseFolder, String file) throws Exception {
    return Files.readAllLines(caseFolder.resolve(file));
  }

  /** The text analyzer, and one that marks each window and fails while it is set to fail. */
  private static AnalyzerSelection selection() {
    List<AnalyzerRegistration> registrations =
        new ArrayList<>(
            AnalyzerCatalog.all().stream()
                .filter(registration -> registration.info().name().equals("text"))
                .toList());
    registrations.add(fragile());
    return new AnalyzerSelection(registrations, Map.of());
  }

  private static AnalyzerRegistration fragile() {
    AnalyzerInfo info =
        new AnalyzerInfo(
            "fragile", "For the test.", List.of(FindingKind.proven("mark")), 0, 1, List.of());
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
                for (int at = window.ownStart(); at < window.ownEnd(); at += PAGE) {
                  if (BROKEN.get() && window.locationOf(at).address() == FAILS_AT + 3 * PAGE) {
                    throw new IllegalStateException("deliberate");
                  }
                  findings.found("mark", at, 1, "page", Encoding.BINARY);
                }
              }
            },
        true);
  }
}
