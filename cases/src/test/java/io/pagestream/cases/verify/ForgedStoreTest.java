package io.pagestream.cases.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to the findings store that were made with DuckDB itself. */
final class ForgedStoreTest {
  private static final StoreSettings SETTINGS = StoreSettings.DEFAULT.withMemoryMebibytes(128);

  @TempDir private Path folder;
  private Path store;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void writeCase() {
    folder = folder.resolve("case");
    SoundCase.write(folder);
    store = folder.resolve(CaseFiles.STORE);
    open().close();
    said.clear();
  }

  private FindingStore open() {
    return CaseStore.open(folder, SETTINGS, said::add);
  }

  private List<String> differences() {
    return CaseVerifier.verify(
            folder,
            new CaseVerifier.Options(Optional.empty(), Optional.empty(), Optional.of(SETTINGS)),
            (step, done, all) -> {})
        .differences()
        .stream()
        .map(SealDifference::toString)
        .toList();
  }

  /** Changes the store and resets its time; its size does not change. */
  private void forge(String sql) throws SQLException, IOException {
    FileTime time = Files.getLastModifiedTime(store);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statement.execute("CHECKPOINT");
    }
    Files.setLastModifiedTime(store, time);
  }

  /** Also forges the file next to the store, like an attacker who knows the code. */
  private void sealForgedStore() throws IOException {
    Path file = folder.resolve(CaseFiles.STORE_SEAL);
    JsonMapper json = new JsonMapper();
    ObjectNode root = (ObjectNode) json.readTree(file.toFile());
    FileStamp now = FileStamp.of(store);
    root.put("sha256", FileHash.of(store, bytes -> {}).sha256());
    root.put("sizeBytes", now.sizeBytes());
    root.put("modifiedNanos", now.modifiedNanos());
    root.put("changedNanos", now.changedNanos());
    root.put("identity", now.identity());
    json.writeValue(file.toFile(), root);
  }

  private long emails() {
    try (FindingStore opened = open()) {
      return opened.ask(
          "SELECT count(*) FROM findings WHERE value LIKE 'user%'",
          List.of(), rows -> rows.next() ? rows.getLong(1) : -1);
    }
  }

  @Test
  void anUntouchedStoreIsUsedAndNotReadAgain() {
    assertThat(emails()).isEqualTo(40);
    assertThat(said).isEmpty();
    assertThat(differences()).isEmpty();
  }

  @Test
  void rowsThatWereChangedAreFoundAndNeverAnswered() throws Exception {
    forge("UPDATE finding_rows SET value = 'nobody@example.com' WHERE value = 'user7@example.com'");
    assertThat(differences())
        .contains("findings.duckdb has changed since it was built")
        .contains("findings.duckdb line 8: differs from findings.jsonl in this finding");
    assertThat(emails()).isEqualTo(40);
    assertThat(said).anySatisfy(line -> assertThat(line).contains("changed after it was made"));
    assertThat(differences()).as("rebuilt").isEmpty();
  }

  @Test
  void aForgedStoreWithAForgedSealIsFoundRowByRow() throws Exception {
    forge("UPDATE finding_rows SET value = 'nobody@example.com' WHERE value = 'user7@example.com'");
    sealForgedStore();
    assertThat(differences())
        .containsExactly("findings.duckdb line 8: differs from findings.jsonl in this finding");
  }

  @Test
  void rowsOfDerivedTablesAndDefinitionsAreComparedToo() throws Exception {
    forge("DELETE FROM histograms WHERE value = 'user7@example.com'");
    sealForgedStore();
    assertThat(differences())
        .containsExactly(
            "findings.duckdb table histograms: 0 rows are not the case's, 1 are missing");
    forge("CREATE OR REPLACE VIEW findings AS SELECT * FROM finding_rows WHERE kind <> 'email'");
    sealForgedStore();
    assertThat(differences())
        .anySatisfy(
            t -> assertThat(t).contains("another definition of a view").contains("findings"));
    Files.delete(store);
    open().close();
    forge("CREATE MACRO lower(x) AS 'nothing'");
    sealForgedStore();
    assertThat(differences())
        .anySatisfy(t -> assertThat(t).contains("another definition of a macro").contains("lower"));
  }

  @Test
  void aLogBesideTheStoreIsNotApplied() throws Exception {
    Files.writeString(folder.resolve(CaseFiles.STORE_LOG), "planted");
    assertThat(differences())
        .containsExactly("findings.duckdb.wal is next to the store and would change its content");
    assertThat(emails()).isEqualTo(40);
    assertThat(folder.resolve(CaseFiles.STORE_LOG)).doesNotExist();
  }

  @Test
  void aLinkInThePlaceOfTheStoreIsReplaced() throws Exception {
    Path away = folder.resolveSibling("away.duckdb");
    Files.move(store, away);
    byte[] before = Files.readAllBytes(away);
    Files.createSymbolicLink(store, away);
    assertThat(emails()).isEqualTo(40);
    assertThat(Files.isSymbolicLink(store)).isFalse();
    assertThat(Files.readAllBytes(away)).isEqualTo(before);
  }

  @Test
  void theStoreTellsWhichFindingsWereChangedAfterItWasMade() throws Exception {
    Path findings = folder.resolve(CaseFiles.FINDINGS);
    List<String> lines = new ArrayList<>(Files.readAllLines(findings));
    lines.set(20, lines.get(20).replace("\"context\":\"...", "\"context\":\"___"));
    Files.write(findings, lines);
    assertThat(differences())
        .contains(
            "findings.jsonl line 21: differs from the store, which was made from the sealed file");
  }
}
