package io.pagestream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How {@code --yara} selects analyzers; skipped, with a message, without libyara. */
final class AnalyzerChoiceTest {
  @TempDir private Path folder;
  private Path rules;

  @Command
  private static final class Analyzing {
    @Mixin private AnalyzerChoice choice;
  }

  @BeforeEach
  void writeRules() throws IOException {
    rules =
        Files.writeString(
            folder.resolve("rules.yar"),
            "rule Big { strings: $a = \"x\" condition: $a and filesize > 1MB }");
    try {
      selection("--yara", rules.toString());
    } catch (PagestreamException e) {
      assumeTrue(e.code() != ErrorCode.NATIVE_LIBRARY_MISSING, e.getMessage());
      throw e;
    }
  }

  private static AnalyzerChoice choice(String... arguments) {
    Analyzing command = new Analyzing();
    new CommandLine(command).parseArgs(arguments);
    return command.choice;
  }

  private static AnalyzerSelection selection(String... arguments) {
    return choice(arguments).settings().selection();
  }

  private static List<String> names(AnalyzerSelection selection) {
    return selection.registrations().stream().map(one -> one.info().name()).toList();
  }

  @Test
  void rulesAreEvaluatedBesidesTheOtherAnalyzers() {
    List<String> defaults =
        AnalyzerCatalog.all().stream()
            .filter(AnalyzerRegistration::onByDefault)
            .map(one -> one.info().name())
            .toList();
    assertThat(names(selection())).isEqualTo(defaults);
    assertThat(names(selection("--yara", rules.toString())))
        .containsExactlyElementsOf(Stream.concat(defaults.stream(), Stream.of("yara")).toList());
    assertThat(names(selection("--analyzers", "text", "--yara", rules.toString())))
        .containsExactly("text", "yara");
  }

  @Test
  void rulesForWholeFilesAreNamed() {
    StringWriter text = new StringWriter();
    choice("--yara", rules.toString()).warn(new PrintWriter(text));
    assertThat(text.toString()).startsWith("pagestream: warning: ").endsWith(": Big\n");
    StringWriter nothing = new StringWriter();
    choice().warn(new PrintWriter(nothing));
    assertThat(nothing.toString()).isEmpty();
  }

  @Test
  void aCaseIsNotContinuedWithOtherRules() throws IOException {
    Map<String, String> options =
        selection("--yara", rules.toString()).options().getOrDefault("yara", Map.of());
    assertThat(options).containsKeys("rules", "rules-sha256");
    CaseFacts facts =
        new CaseFacts(
            "1",
            List.of("analyze", "--yara", rules.toString(), "memory.raw"),
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of("yara.rules-sha256", options.getOrDefault("rules-sha256", "")),
            List.of());
    assertThat(RecordedAnalysis.of(facts).settings(null).analyzers().selection().options())
        .containsEntry("yara", options);
    Files.writeString(rules, "rule Other { condition: false }");
    assertThatThrownBy(() -> RecordedAnalysis.of(facts).settings(null))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("yara.rules-sha256=");
  }
}
