package io.pagestream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How {@code --known-pages} selects its analyzer, and how its file is recorded. */
final class KnownPagesChoiceTest {
  @Command
  private static final class Analyzing {
    @Mixin private AnalyzerChoice choice;
  }

  @Test
  void aCaseIsNotContinuedWithOtherKnownPages(@TempDir Path folder) throws IOException {
    Path known = Files.writeString(folder.resolve("known.txt"), "0".repeat(64));
    Analyzing analyze = new Analyzing();
    new CommandLine(analyze).parseArgs("--known-pages", known.toString());
    Map<String, String> options =
        analyze.choice.settings().selection().options().getOrDefault("page-facts", Map.of());
    String hash = options.getOrDefault("known-sha256", "");
    // printf '%064d' 0 | sha256sum
    assertThat(hash).isEqualTo("60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55");
    CaseFacts facts =
        new CaseFacts(
            "1",
            List.of("analyze", "--known-pages", known.toString(), "memory.raw"),
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of("page-facts.known-sha256", hash),
            List.of());
    assertThat(RecordedAnalysis.of(facts).settings(null).analyzers().selection().options())
        .containsEntry("page-facts", options);
    Files.writeString(known, "1".repeat(64));
    assertThatThrownBy(() -> RecordedAnalysis.of(facts).settings(null))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("page-facts.known-sha256=");
  }
}
