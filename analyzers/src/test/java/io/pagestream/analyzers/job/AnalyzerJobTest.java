package io.pagestream.analyzers.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.FindingCap;
import io.pagestream.analyzers.stage.ListedValues;
import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.analyzers.stage.ReportRules;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.sample.SampleRecords;
import io.pagestream.stages.image.ImageMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job in an image's manifest decides how the image is analyzed. */
class AnalyzerJobTest {
  /** A hash that no file has. */
  private static final String LIST_SHA256 =
      "f5fc79e04fdb9f6b1f2adcd6ba0f15c60c7ddb4fb5ec2b7a2d5d6fdbf02fd4f5";

  @TempDir private Path folder;

  @Test
  void everySettingPassesThroughAJob() throws IOException {
    Path stops = Files.writeString(folder.resolve("stops.txt"), "a@example.org\n");
    Path alerts = Files.writeString(folder.resolve("alerts.txt"), "b@example.org\n");
    Path known = Files.writeString(folder.resolve("known.txt"), "ab".repeat(32) + "\n");
    AnalyzerStage.Settings settings =
        new AnalyzerStage.Settings(
            AnalyzerSelection.of(
                    AnalyzerCatalog.all(),
                    Set.of("text", "aes-keys", "page-facts"),
                    Map.of(
                        "aes-keys.max-bit-errors",
                        "4",
                        "page-facts.hashes",
                        "0",
                        "page-facts.known",
                        known.toString()))
                .reporting(
                    new ReportRules(
                        Set.of("email", "aes-key"),
                        ListedValues.read(stops),
                        ListedValues.read(alerts))),
            Duration.ofSeconds(7),
            new FindingCap(5, 3),
            ImageMemory.KEEP_CLOSED,
            PayloadFiles.NONE);
    ImageJob job = AnalyzerJob.of(settings).build();
    assertThat(job.toString()).doesNotContain(folder.toString());
    AnalyzerStage.Settings again =
        AnalyzerJob.settings(
            job, AnalyzerCatalog.all(), JobFiles.of(List.of(folder)), PayloadFiles.NONE);
    assertThat(AnalyzerJob.of(again).build()).isEqualTo(job);
    assertThat(again.selection().settings()).isEqualTo(settings.selection().settings());
    assertThat(again.timeout()).isEqualTo(settings.timeout());
    assertThat(again.cap()).isEqualTo(settings.cap());
  }

  @Test
  void whatTheStageLacksIsNamed() {
    refuses(
        job().setAnalyzers(List.of("text", "mind-reader")), "there is no analyzer 'mind-reader'");
    refuses(job().setAnalyzers(List.of()), "names no analyzer");
    refuses(job().setAnalyzerOptions(Map.of("text.colour", "red")), "text.colour");
    refuses(job().setKinds(List.of("unicorn")), "unicorn");
    refuses(job().setStopListSha256(LIST_SHA256), "stop list with the SHA-256 " + LIST_SHA256);
    refuses(job().setAlertListSha256(LIST_SHA256), "alert list with the SHA-256 " + LIST_SHA256);
    refuses(
        job().setAnalyzerOptions(Map.of("page-facts.known-sha256", LIST_SHA256)),
        "known pages with the SHA-256 " + LIST_SHA256);
    refuses(
        job().setAnalyzerOptions(Map.of("yara.rules-sha256", LIST_SHA256)),
        "YARA rules with the SHA-256 " + LIST_SHA256);
    refuses(job().setTimeoutMillis(0), "time-out of 0");
    refuses(job().setCapOfKind(0), "cap of 0");
  }

  @Test
  void aJobCannotMakeAStageOpenAFile() {
    refuses(job().setAnalyzerOptions(Map.of("page-facts.known", "/etc/passwd")), "by its path");
    refuses(job().setAnalyzerOptions(Map.of("yara.rules", "/etc/passwd")), "by its path");
  }

  @Test
  void imagesThatAreAnalyzedAlikeShareTheirSettings() {
    JobsOfImages jobs = new JobsOfImages(AnalyzerCatalog.all(), JobFiles.NONE, PayloadFiles.NONE);
    ImageManifest one = manifest("a", job().build());
    AnalyzerStage.Settings settings = jobs.settings(one);
    assertThat(jobs.settings(manifest("b", job().build()))).isSameAs(settings);
    assertThat(jobs.settings(manifest("c", job().setTimeoutMillis(9).build())))
        .isNotSameAs(settings);
    ImageManifest wrong = manifest("d", job().setAnalyzers(List.of("none")).build());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> jobs.settings(wrong)).hasMessageContaining("PS-130");
    }
  }

  private static ImageManifest manifest(String letter, ImageJob job) {
    return SampleRecords.manifest(letter.repeat(32), 1).setJob(job).build();
  }

  private static ImageJob.Builder job() {
    return ImageJob.newBuilder().setAnalyzers(List.of("text"));
  }

  private static void refuses(ImageJob.Builder job, String why) {
    assertThatThrownBy(() ->
            AnalyzerJob.settings(
                job.build(), AnalyzerCatalog.all(), JobFiles.NONE, PayloadFiles.NONE))
        .hasMessageContaining("PS-130")
        .hasMessageContaining(why);
  }
}
