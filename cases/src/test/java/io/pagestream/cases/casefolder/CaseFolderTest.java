package io.pagestream.cases.casefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.cases.CollectedSmallCase;
import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final CaseFacts FACTS =
      new CaseFacts(
          "0.1.0",
          List.of("analyze", "small.raw.zst"),
          NOON,
          NOON.plusSeconds(2),
          Map.of("run-pages", "10", "partitions", "6"),
          List.of("torn.dump: is empty"));

  @TempDir private Path temporary;

  @Test
  void theFolderHoldsItsFilesAndNothingElseAndOnlyItsOwnerMayReadThem() throws IOException {
    Path folder = temporary.resolve("deep/case");
    write(folder, false, SmallCase.FINDINGS);
    assertThat(names(folder))
        .containsExactly(
            "dead-letters.jsonl",
            "findings.jsonl",
            "ledger.bin",
            "manifest.json",
            "manifest.json.sha256",
            "summary.txt",
            "verdicts.jsonl");
    assertThat(mode(folder)).isEqualTo("rwx------");
    for (String name : names(folder)) {
      assertThat(mode(folder.resolve(name))).isEqualTo("rw-------");
    }
  }

  @Test
  void theSameFindingsInAnotherOrderAreTheSameBytes() throws IOException {
    write(temporary.resolve("a"), false, SmallCase.FINDINGS);
    write(temporary.resolve("b"), false, SmallCase.FINDINGS.reversed());
    for (String name : List.of("findings.jsonl", "verdicts.jsonl", "summary.txt")) {
      assertThat(temporary.resolve("b/" + name))
          .hasSameBinaryContentAs(temporary.resolve("a/" + name));
    }
    assertThat(Files.readAllLines(temporary.resolve("a/findings.jsonl"))).hasSize(3);
  }

  @Test
  void theManifestShowsThatThePagesAddUp() throws IOException {
    write(temporary.resolve("case"), false, SmallCase.FINDINGS);
    JsonNode manifest =
        new ObjectMapper().readTree(temporary.resolve("case/manifest.json").toFile());
    assertThat(manifest.get("addsUp").asBoolean()).isTrue();
    JsonNode image = manifest.get("images").get(0);
    JsonNode pages = image.get("pages");
    long sum = 0;
    for (String part : List.of("mapped", "overridden", "refused", "zero", "excluded", "absent")) {
      sum += pages.get(part).asLong();
    }
    assertThat(sum).isEqualTo(pages.get("rangeMapPages").asLong()).isEqualTo(23);
    assertThat(pages.get("absent").asLong())
        .isEqualTo(
            pages.get("absentParts").get("withoutBytes").asLong()
                + pages.get("absentParts").get("unreadable").asLong());
    assertThat(image.get("files").get(0).get("sha256").asText()).isEqualTo("ab".repeat(32));
    assertThat(image.get("verdictPages").get("windows:5").asLong()).isEqualTo(2);
    assertThat(image.get("refusedPages").get("large-page").asLong()).isEqualTo(2);
    assertThat(image.get("findings").get("email").asLong()).isEqualTo(2);
    assertThat(image.get("rangeMap").get(0).get("kind").asText()).isEqualTo("ram");
    assertThat(manifest.get("settings").get("partitions").asText()).isEqualTo("6");
  }

  @Test
  void theVerdictsAreOneLineASpanWithAllFields() throws IOException {
    write(temporary.resolve("case"), false, SmallCase.FINDINGS);
    List<String> lines = Files.readAllLines(temporary.resolve("case/verdicts.jsonl"));
    assertThat(lines)
        .hasSize(10)
        .first()
        .isEqualTo(
            "{\"imageId\":\"0123456789abcdef0123456789abcdef\",\"image\":\"small.raw.zst\","
                + "\"physicalAddress\":0,\"pageCount\":5,\"content\":\"bytes\",\"notAnalyzed\":null,"
                + "\"verdict\":\"mapped\",\"profile\":\"windows\",\"row\":1,\"reason\":\"\","
                + "\"requested\":\"write-back\",\"established\":\"write-back\","
                + "\"granted\":\"write-back\",\"rangeKind\":\"ram\",\"provenance\":\"container\","
                + "\"hazards\":[],\"mappings\":1,\"cacheTypes\":[\"write-back\"],\"largePage\":false,"
                + "\"pagingStructure\":false,\"shapeMappings\":0,\"shapeCacheTypes\":[],"
                + "\"shapeLargePage\":false,\"shapePagingStructure\":false,\"alias\":null}");
    long pages = 0;
    for (String line : lines) {
      pages += new ObjectMapper().readTree(line).get("pageCount").asLong();
    }
    assertThat(pages).isEqualTo(20);
    assertThat(lines.get(3))
        .contains(
            "\"alias\":{\"firstVirtualAddress\":\"0xffff800000008000\",\"firstType\":\"write-back\",");
  }

  @Test
  void theSummaryIsTheTableThatTheTerminalPrints() throws IOException {
    List<String> lines = write(temporary.resolve("case"), false, SmallCase.FINDINGS);
    assertThat(Files.readAllLines(temporary.resolve("case/summary.txt"))).isEqualTo(lines);
    assertThat(lines)
        .startsWith("small.raw.zst")
        .contains("  every page is accounted for")
        .contains("    email                                2")
        .contains("3 findings in 80.0 KiB of memory, 0:02 (0.0 MB/s)");
  }

  @Test
  void aFolderWithOtherFilesIsNeverUsed() throws IOException {
    Files.writeString(temporary.resolve("thesis.tex"), "years of work");
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> CaseFolder.open(temporary, force))
          .hasMessageContaining("PS-103")
          .hasMessageContaining("not a case folder");
    }
    Files.writeString(temporary.resolve("manifest.json"), "{\"name\": \"somebody else's\"}");
    assertThatThrownBy(() -> CaseFolder.open(temporary, true)).hasMessageContaining("PS-103");
    assertThat(names(temporary)).containsExactly("manifest.json", "thesis.tex");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> CaseFolder.open(file, true))
        .hasMessageContaining("PS-103")
        .hasMessageContaining("it is a file");
  }

  @Test
  void aPreviousCaseIsReplacedOnlyWithForceAndNotesBesideItStay() throws IOException {
    Path folder = temporary.resolve("case");
    write(folder, false, SmallCase.FINDINGS);
    assertThatThrownBy(() -> CaseFolder.open(folder, false))
        .hasMessageContaining("PS-103")
        .hasMessageContaining("--force");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    write(folder, true, SmallCase.FINDINGS.subList(0, 1));
    assertThat(Files.readAllLines(folder.resolve("findings.jsonl"))).hasSize(1);
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void whatAKilledJobLeftBehindIsReplacedWithoutForce() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("case"));
    Files.createDirectory(folder.resolve(".scratch"));
    Files.writeString(folder.resolve(".scratch/findings-0"), "half");
    Files.writeString(folder.resolve("findings.jsonl.partial"), "half");
    write(folder, false, SmallCase.FINDINGS);
    assertThat(names(folder)).contains("manifest.json").noneMatch(CaseFolderTest::isTemporary);
  }

  @Test
  void whatAKilledJobLeftBesideACaseIsDeletedAndTheCaseStays() throws IOException {
    Path folder = temporary.resolve("case");
    write(folder, false, SmallCase.FINDINGS);
    Files.createDirectory(folder.resolve(".scratch"));
    Files.writeString(folder.resolve(".scratch/findings-0"), "half");
    assertThatThrownBy(() -> CaseFolder.open(folder, false)).hasMessageContaining("--force");
    assertThat(names(folder)).contains("manifest.json").noneMatch(CaseFolderTest::isTemporary);
  }

  @Test
  void aFolderInWhichAJobIsAtWorkIsRefused() {
    Path folder = temporary.resolve("case");
    CaseFolder first = CaseFolder.open(folder, false);
    assertThatThrownBy(() -> CaseFolder.open(folder, true))
        .hasMessageContaining("PS-103")
        .hasMessageContaining("another pagestream");
    assertThat(first.scratch()).exists();
    first.close();
    assertThat(folder).as("nothing was put into it").doesNotExist();
  }

  @Test
  void aFolderThatWasOpenToOthersIsClosed() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("case"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xrwx"));
    CaseFolder.open(folder, false).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aLinkInThePlaceOfAFileIsReplacedAndNotFollowed() throws IOException {
    Path folder = temporary.resolve("case");
    write(folder, false, SmallCase.FINDINGS);
    Path victim = Files.writeString(temporary.resolve("victim"), "precious");
    Files.delete(folder.resolve("findings.jsonl"));
    Files.createSymbolicLink(folder.resolve("findings.jsonl"), victim);
    write(folder, true, SmallCase.FINDINGS);
    assertThat(victim).hasContent("precious");
    assertThat(Files.isSymbolicLink(folder.resolve("findings.jsonl"))).isFalse();
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(".") || name.endsWith(".partial");
  }

  private static List<String> write(Path path, boolean force, List<Finding> findings) {
    try (CaseFolder folder = CaseFolder.open(path, force)) {
      return CollectedSmallCase.write(folder, FACTS, SmallCase.receipts(), findings).summary();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
