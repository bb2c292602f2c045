package io.pagestream.analyzers.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's rules on pages, with the system's libyara; skipped, with a message, without it. */
final class YaraAnalyzerTest {
  private static final long BASE = 0x40_0000;

  @TempDir private Path folder;

  @BeforeEach
  void requireLibyara() {
    try {
      LibYara.get();
    } catch (PagestreamException missing) {
      assumeTrue(false, missing.getMessage());
    }
  }

  private YaraAnalyzer analyzer(String... rules) throws IOException {
    return analyzer(Map.of(), rules);
  }

  private YaraAnalyzer analyzer(Map<String, String> options, String... rules) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yar"), String.join("\n", rules));
    Map<String, String> all = new HashMap<>(options);
    all.put("rules", file.toString());
    return new YaraAnalyzer(new AnalyzerOptions("yara", all));
  }

  /** Four pages of noise with texts. */
  private static byte[] memory(Map<Integer, String> texts) {
    byte[] bytes = new byte[4 * Pages.SIZE];
    new Random(5).nextBytes(bytes);
    texts.forEach((at, text) -> {
      byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(ascii, 0, bytes, at, ascii.length);
    });
    return bytes;
  }

  private static Set<Found> found(YaraAnalyzer analyzer, byte[] bytes) {
    return new SyntheticMemory(bytes, BASE).whole(analyzer);
  }

  @Test
  void aRuleIsReportedWithItsStringsTagsAndMetadata() throws IOException {
    try (YaraAnalyzer analyzer =
        analyzer(
            "rule Evil : trojan apt {",
            " meta: author = \"A. Analyst\" score = 75 sure = true",
            " strings: $a = \"first needle\" $b = \"second\" wide condition: all of them }")) {
      byte[] bytes = memory(Map.of(0x1100, "first needle", 0x1200, "s\0e\0c\0o\0n\0d\0"));
      assertThat(found(analyzer, bytes))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("yara-rule");
            assertThat(finding.value()).isEqualTo("Evil");
            assertThat(finding.address()).isEqualTo(BASE + 0x1100);
            assertThat(finding.length()).isEqualTo(12);
            assertThat(finding.attributes())
                .containsEntry("file", "rules.yar")
                .containsEntry("tags", "trojan, apt")
                .containsEntry("meta", "author=A. Analyst; score=75; sure=true")
                .containsEntry("strings", "$a 0x401100 (12), $b 0x401200 (12)");
          });
    }
  }

  @Test
  void findingsDoNotDependOnHowPagesAreCutIntoRuns() throws IOException {
    String[] rules = {
      "rule One { strings: $a = \"needle\" condition: $a }",
      "rule Both { strings: $a = \"needle\" $b = \"thread\" condition: all of them }",
      "rule Word { strings: $a = \"word\" fullword condition: $a }",
      "rule Header { condition: uint16(0) == 0x5a4d }",
      "rule HeaderAndLater { strings: $a = \"later\" condition: uint16(0) == 0x5a4d and $a }"
    };
    byte[] bytes =
        memory(
            Map.of(
                0x0ffd, "needle", // across an edge
                0x1f00, "thread",
                0x2000, "MZ",
                0x2ffe, "xword",
                0x3100, "later",
                0x3200, " word "));
    try (YaraAnalyzer analyzer = analyzer(rules)) {
      SyntheticMemory memory = new SyntheticMemory(bytes, BASE);
      Set<Found> whole = memory.whole(analyzer);
      assertThat(whole)
          .extracting(Found::value, Found::address)
          .contains(
              tuple("One", BASE + 0x0ffd),
              tuple("Both", BASE + 0x0ffd),
              tuple("Header", BASE + 0x2000),
              tuple("HeaderAndLater", BASE + 0x2000),
              tuple("Word", BASE + 0x3201));
      assertThat(whole).filteredOn(one -> one.value().equals("One")).hasSize(1);
      for (int pages = 1; pages < 4; pages++) {
        assertThat(memory.cut(analyzer, pages * Pages.SIZE))
            .as("runs of %d pages", pages)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void aRuleSeesAsManyBytesAfterThePageAsTheOptionSays() throws IOException {
    String rule = "rule R { strings: $a = \"needle\" $b = \"thread\" condition: all of them }";
    byte[] bytes = memory(Map.of(0x0800, "needle", 0x2800, "thread"));
    try (YaraAnalyzer near = analyzer(rule);
        YaraAnalyzer far = analyzer(Map.of("look-ahead", "8192"), rule)) {
      assertThat(found(near, bytes)).isEmpty();
      assertThat(found(far, bytes)).extracting(Found::address).containsExactly(BASE + 0x0800);
    }
  }

  @Test
  void manyMatchesAreCountedAndTakeBoundedTime() throws IOException {
    byte[] bytes = "a@b.cd ".repeat(64 * Pages.SIZE / 7).getBytes(StandardCharsets.US_ASCII);
    try (YaraAnalyzer analyzer = analyzer("rule R { strings: $a = \"a@b\" condition: #a > 1 }")) {
      Set<Found> found = assertTimeout(Duration.ofSeconds(60), () -> found(analyzer, bytes));
      assertThat(found).hasSize(64);
      assertThat(found)
          .allSatisfy(one -> {
            assertThat(one.attributes().getOrDefault("strings", "").split(","))
                .hasSize(RuleScanner.MOST_PLACES);
            assertThat(Integer.parseInt(one.attributes().get("more-strings"))).isPositive();
          });
    }
  }

  @Test
  void anErrorInARuleNamesFileLineAndReason() {
    assertThatThrownBy(() -> analyzer("rule Fine { condition: true }", "rule Bad { condition: }"))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("rules.yar:2: ")
        .hasMessageContaining("syntax error");
  }

  @Test
  void variablesThatRuleSetsForFilesExpectAreEmpty() throws IOException {
    try (YaraAnalyzer analyzer =
        analyzer(
            "rule R { strings: $a = \"needle\" condition: $a and filename == \"\" and"
                + " extension != \"exe\" }")) {
      assertThat(found(analyzer, memory(Map.of(0x10, "needle")))).hasSize(1);
    }
  }

  @Test
  void rulesMayBeInFoldersAndIncludeOthers() throws IOException {
    Path sub = Files.createDirectories(folder.resolve("set/sub"));
    Files.writeString(folder.resolve("set/b.yara"), "include \"sub/c.inc\"\n");
    Files.writeString(sub.resolve("c.inc"), "rule C { strings: $c = \"cccccc\" condition: $c }");
    Files.writeString(sub.resolve("a.yar"), "rule A { strings: $a = \"aaaaaa\" condition: $a }");
    Files.writeString(sub.resolve("notes.txt"), "no rule");
    Map<String, String> options = Map.of("rules", folder.resolve("set").toString());
    try (YaraAnalyzer analyzer = new YaraAnalyzer(new AnalyzerOptions("yara", options))) {
      assertThat(found(analyzer, memory(Map.of(0x10, "aaaaaa", 0x2010, "cccccc"))))
          .extracting(Found::value, one -> one.attributes().get("file"))
          .containsExactlyInAnyOrder(tuple("A", "sub/a.yar"), tuple("C", "b.yara"));
    }
  }

  @Test
  void withoutRulesItSaysHowToNameThem() {
    assertThatThrownBy(() -> new YaraAnalyzer(AnalyzerOptions.none("yara")))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("--yara");
    Map<String, String> missing = Map.of("rules", folder.resolve("none.yar").toString());
    assertThatThrownBy(() -> new YaraAnalyzer(new AnalyzerOptions("yara", missing)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("none.yar");
  }

  @Test
  void theHashOfRulesIsThatOfTheirNamesAndContents() throws IOException {
    Path one = Files.writeString(folder.resolve("one.yar"), "rule A { condition: true }");
    Path copy = Files.createDirectories(folder.resolve("copy")).resolve("one.yar");
    Files.copy(one, copy);
    Path two = Files.copy(one, folder.resolve("two.yar"));
    String hash = RuleFiles.named(one.toString()).sha256();
    assertThat(RuleFiles.named(copy.toString()).sha256()).isEqualTo(hash);
    assertThat(RuleFiles.named(two.toString()).sha256()).isNotEqualTo(hash);
    Files.writeString(one, "rule B { condition: true }");
    assertThat(RuleFiles.named(one.toString()).sha256()).isNotEqualTo(hash);
  }
}
