package io.pagestream.cases.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.SealedFolder;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.schemas.temporary.LockHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseStoreTest {
  private static final StoreSettings SETTINGS =
      StoreSettings.DEFAULT.withMemoryMebibytes(128).withTimeout(Duration.ofSeconds(20));

  @TempDir private Path temporary;
  private final List<String> said = new ArrayList<>();

  private FindingStore open(Path folder) {
    return CaseStore.open(folder, SETTINGS, said::add);
  }

  private FindingStore openAltered(Path folder) {
    return CaseStore.open(CheckedCase.open(folder, true), SETTINGS, said::add);
  }

  /** The rows of the result, with fields joined by bars. */
  private static List<String> ask(FindingStore store, String sql, Object... parameters) {
    return store.ask(
        sql,
        List.of(parameters),
        rows -> {
          List<String> lines = new ArrayList<>();
          while (rows.next()) {
            List<String> fields = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              fields.add(String.valueOf(rows.getString(i)));
            }
            lines.add(String.join("|", fields));
          }
          return lines;
        });
  }

  @Test
  void theFirstQuestionMakesTheStoreAndTheNextOnesUseIt() throws IOException {
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("6");
    }
    assertThat(said).hasSize(2).last().asString().startsWith("made the findings store");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("findings.duckdb"))))
        .isEqualTo("rw-------");
    try (FindingStore one = open(folder);
        FindingStore other = open(folder)) {
      assertThat(ask(one, "SELECT count(*) FROM images")).containsExactly("2");
      assertThat(ask(other, "SELECT count(*) FROM images")).containsExactly("2");
    }
    assertThat(said).as("not made again").hasSize(2);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "findings.jsonl",
              "verdicts.jsonl",
              "summary.txt",
              "dead-letters.jsonl",
              "ledger.bin",
              "manifest.json",
              "manifest.json.sha256",
              "findings.duckdb",
              "findings.duckdb.seal");
    }
  }

  @Test
  void aStoreIsMadeAnewWhenTheFindingsChangeOrItIsDamaged() throws IOException {
    Path folder = TwoImages.write(temporary.resolve("case"));
    open(folder).close();
    TwoImages.write(folder, TwoImages.FINDINGS.subList(0, 2));
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("2");
    }
    Files.writeString(folder.resolve("findings.duckdb"), "not a database at all");
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("2");
    }
    assertThat(said).anySatisfy(line -> assertThat(line).contains("was changed after it was made"));
  }

  @Test
  void whatAKilledBuildLeftIsRemovedAndWhatAnotherProcessMakesIsNot() throws Exception {
    Path folder = TwoImages.write(temporary.resolve("case"));
    Path left = Files.createDirectory(folder.resolve(".store-1"));
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve("findings.duckdb"), "half");
    Path leftByAnOlderVersion = Files.createDirectory(folder.resolve(".store-2"));
    Files.setLastModifiedTime(leftByAnOlderVersion, FileTime.from(Instant.EPOCH));
    Path beingMade = Files.createDirectory(folder.resolve(".store-3"));
    Path held = Files.createDirectory(folder.resolve(".store-4"));
    Process other = LockHolder.start(Files.createFile(held.resolve("lock")), held);
    try {
      open(folder).close();
      assertThat(left).doesNotExist();
      assertThat(leftByAnOlderVersion).doesNotExist();
      assertThat(beingMade).exists();
      assertThat(held).exists();
    } finally {
      other.destroyForcibly().waitFor();
    }
    Files.delete(folder.resolve("findings.duckdb"));
    open(folder).close();
    assertThat(held).as("its process is gone").doesNotExist();
  }

  @Test
  void everyFieldOfAFindingComesBackAsItWas() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT * FROM findings ORDER BY place"))
          .hasSize(6)
          .element(2)
          .isEqualTo(
              "2|000000000000000000000000abcdef03|"
                  + SmallCase.IMAGE
                  + "|small.raw.zst|text|url|http://example.com/\u0000?q=<script>'\u202E|physical|12288||33|"
                  + "...http://example.com/\u0000?q=<script>'\u202E...|ascii|ram|write-back|mapped|medium|"
                  + "{\"note\":\"it's \\\"quoted\\\"\",\"place\":\"3\"}");
      assertThat(ask(store, "SELECT value FROM findings WHERE value LIKE ?", "%script%"))
          .hasSize(1);
      assertThat(ask(store, "SELECT attributes->>'note' FROM findings LIMIT 1"))
          .containsExactly("it's \"quoted\"");
    }
  }

  @Test
  void histogramsAndCorrelationsCountAcrossImages() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = open(folder)) {
      assertThat(
              ask(
                  store,
                  "SELECT value, count, images, first_image, first_address FROM histograms"
                      + " WHERE kind = 'email' ORDER BY value"))
          .containsExactly(
              "a@example.com|2|1|small.raw.zst|4096", "shared@example.com|2|2|small.raw.zst|8192");
      assertThat(ask(store, "SELECT kind, value, images, count, image_names FROM correlations"))
          .containsExactly("email|shared@example.com|2|2|[second.lime, small.raw.zst]");
      assertThat(ask(store, "SELECT image, value FROM single_image_values WHERE kind = 'aes-key'"))
          .containsExactly("second.lime|00112233445566778899aabbccddeeff");
      assertThat(ask(store, "SELECT sum(count) FROM facets WHERE kind = 'email'"))
          .containsExactly("4");
    }
  }

  @Test
  void theManifestIsInTheStore() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = open(folder)) {
      assertThat(
              ask(
                  store,
                  "SELECT name, range_map_pages, absent, unreadable, run_count, size_bytes"
                      + " FROM images ORDER BY place"))
          .containsExactly("small.raw.zst|23|5|2|2|4711", "second.lime|23|5|2|2|4711");
      assertThat(
              ask(
                  store,
                  "SELECT mapped + overridden + refused + zero + excluded + absent ="
                      + " range_map_pages FROM images"))
          .containsOnly("true");
      assertThat(ask(store, "SELECT kind, page_count, established FROM ranges LIMIT 2"))
          .containsExactly("ram|20|write-back", "device|3|uncached");
      assertThat(ask(store, "SELECT stage, runs, payload_bytes FROM receipts ORDER BY ALL LIMIT 1"))
          .containsExactly("analyzers|2|57344");
      assertThat(ask(store, "SELECT count FROM tallies WHERE name = 'windows:5'"))
          .containsExactly("2", "2");
      assertThat(ask(store, "SELECT remark FROM remarks WHERE image_id IS NULL ORDER BY ALL"))
          .containsExactly("a note", "torn.dump: is empty");
      assertThat(ask(store, "SELECT count(*) FROM verdicts")).containsExactly("0");
    }
  }

  @Test
  void verdictsAreReadWhereACaseHasThem() throws IOException {
    Path folder = TwoImages.write(temporary.resolve("case"));
    Files.writeString(
        folder.resolve("verdicts.jsonl"),
        """
        {"imageId":"%s","image":"x","physicalAddress":4096,"pageCount":2,"content":"bytes","verdict":"refused",\
        "profile":"windows","row":5,"reason":"large-page","requested":"write-back","established":"uncached",\
        "granted":"unknown","rangeKind":"device","provenance":"side-file","hazards":["unlocked"],"mappings":null,\
        "cacheTypes":[],"largePage":false,"pagingStructure":false,"alias":null}
        """
            .formatted(SmallCase.IMAGE));
    SealedFolder.seal(folder);
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT verdict, row, reason, hazards, mappings FROM verdicts"))
          .containsExactly("refused|5|large-page|[unlocked]|null");
    }
  }

  @Test
  void questionsCanReadNothingElseAndWriteNothing() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    Path victim = temporary.resolve("victim");
    try (FindingStore store = open(folder)) {
      for (String sql :
          List.of(
              "SELECT * FROM read_text('/etc/passwd')",
              "SELECT * FROM '" + folder.resolve("findings.jsonl") + "'",
              "SELECT * FROM glob('/etc/*')",
              "COPY (SELECT 1) TO '" + victim + "'",
              "EXPORT DATABASE '" + victim + "'",
              "ATTACH '" + victim + "' AS other",
              "INSTALL httpfs",
              "LOAD '" + victim + "'",
              "SET enable_external_access = true",
              "SET memory_limit = '100GB'",
              "DELETE FROM finding_rows",
              "DROP VIEW findings",
              "CREATE TABLE mine AS SELECT 1",
              "SELEC 1",
              "",
              "SELECT * FROM no_such_table")) {
        assertThatThrownBy(() -> ask(store, sql)).as(sql).hasMessageStartingWith("PS-100");
      }
      assertThat(victim).doesNotExist();
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("6");
    }
  }

  @Test
  void aQuestionThatTakesTooLongIsStopped() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    StoreSettings brief = SETTINGS.withTimeout(Duration.ofSeconds(1));
    try (FindingStore store = CaseStore.open(folder, brief, said::add)) {
      assertThatThrownBy(() ->
              ask(
                  store,
                  "SELECT sum(sin(a.range * b.range)) FROM range(10000000) a, range(10000000) b"))
          .hasMessageContaining("longer than 1 s");
    }
  }

  @Test
  void anAnswerMayBeLargerThanMemory() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = open(folder)) {
      long rows =
          store.ask(
              "SELECT repeat('x', 1000) FROM range(300000)",
              List.of(),
              answer -> {
                long count = 0;
                while (answer.next()) {
                  count++;
                }
                return count;
              });
      assertThat(rows).isEqualTo(300_000); // 300 MB of text, with 128 MiB of memory
    }
  }

  @Test
  void aFolderWithOddCharactersIsThatFolderAndNoOther() {
    Path folder = TwoImages.write(temporary.resolve("it's [a-z]* 'case'"));
    TwoImages.write(temporary.resolve("it's b 'case'"), TwoImages.FINDINGS.subList(0, 1));
    try (FindingStore store = open(folder)) {
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("6");
    }
    for (String name : List.of("why?", "a;threads=1")) {
      assertThatThrownBy(() -> open(TwoImages.write(temporary.resolve(name))))
          .hasMessageContaining("PS-100")
          .hasMessageContaining("rename");
    }
  }

  @Test
  void damagedFilesAreNamedAndLeaveNoStore() throws IOException {
    Path folder = TwoImages.write(temporary.resolve("case"));
    Files.writeString(folder.resolve("findings.jsonl"), "{\"findingId\":\"zz\n");
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("PS-220");
    assertThatThrownBy(() -> openAltered(folder))
        .hasMessageContaining("PS-210")
        .hasMessageContaining("findings.jsonl");
    Files.writeString(folder.resolve("findings.jsonl"), "{\"findingId\":\"12\"}\n");
    assertThatThrownBy(() -> openAltered(folder)).hasMessageContaining("PS-210");
    assertThat(folder.resolve("findings.duckdb")).doesNotExist();
    Files.writeString(folder.resolve("manifest.json"), "{");
    assertThatThrownBy(() -> openAltered(folder))
        .hasMessageContaining("PS-210")
        .hasMessageContaining("manifest.json");
    assertThatThrownBy(() -> open(temporary.resolve("nowhere"))).hasMessageContaining("PS-101");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(7);
    }
  }
}
