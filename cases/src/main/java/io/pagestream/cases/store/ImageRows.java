package io.pagestream.cases.store;

import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import io.pagestream.schemas.ledger.StageTotals;
import io.pagestream.schemas.ledger.Unseen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the ledger of an image, as {@code load-manifest.sql} does for a finished case. */
record ImageRows(Connection store) {
  private static final List<String> TABLES =
      List.of("images", "image_files", "ranges", "receipts", "tallies");

  /** Kind of a remark that belongs to the verdicts, not to the ledger. */
  private static final String NOT_SHOWN = "not-shown";

  void put(int place, ImageLedger ledger) throws SQLException {
    String id = ledger.imageId();
    for (String table : TABLES) {
      insert("DELETE FROM " + table + " WHERE image_id = ?", id);
    }
    insert("DELETE FROM remarks WHERE image_id = ? AND kind <> ?", id, NOT_SHOWN);
    ImageManifest manifest = ledger.manifest();
    image(place, ledger, manifest);
    for (ImageFile file : ledger.files()) {
      insert(
          "INSERT INTO image_files VALUES (?, ?, ?, ?, ?, ?)",
          id,
          file.getName(),
          file.getSizeBytes(),
          file.getSha256(),
          unreadable(file),
          path(manifest, file));
    }
    putDoubts(id, ledger.doubts());
    if (manifest != null) {
      for (AddressRange range : manifest.getRanges()) {
        range(id, range);
      }
      for (Map.Entry<String, String> hint : new TreeMap<>(manifest.getHints()).entrySet()) {
        remark(id, "hint", hint.getKey(), hint.getValue());
      }
      for (String warning : manifest.getWarnings()) {
        remark(id, "warning", "", warning);
      }
    }
    for (Stage stage : stages(manifest)) {
      StageTotals totals = ledger.totals(stage);
      insert(
          "INSERT INTO receipts VALUES (?, ?, ?, ?, ?)",
          id,
          Words.of(stage),
          totals.runs(),
          totals.pages(),
          totals.payloadBytes());
    }
    tallies(id, "verdict-pages", ledger.totals(Stage.MAPPER).verdictPages());
    tallies(id, "refused-pages", ledger.totals(Stage.MAPPER).refusedPages());
    tallies(id, "findings", ledger.findings());
    tallies(id, "capped-findings", ledger.totals(Stage.ANALYZERS).cappedFindings());
    tallies(id, "decoded", ledger.totals(Stage.ANALYZERS).decoded());
    tallies(id, "failures", ledger.totals(Stage.ANALYZERS).failures());
    tallies(id, "not-analyzed", notAnalyzed(ledger, manifest));
  }

  /** The stages that write receipts of an image. */
  private static List<Stage> stages(@Nullable ImageManifest manifest) {
    return manifest != null && manifest.getKernelFindings()
        ? List.of(Stage.MAPPER, Stage.ANALYZERS, Stage.PRODUCER)
        : List.of(Stage.MAPPER, Stage.ANALYZERS);
  }

  /** Where a file was when it was hashed; empty if it is not known. */
  private static String path(@Nullable ImageManifest manifest, ImageFile file) {
    if (manifest == null) {
      return "";
    }
    int place = manifest.getFiles().indexOf(file);
    return place < 0 || place >= manifest.getSources().size()
        ? ""
        : manifest.getSources().get(place).getPath();
  }

  /** Replaces the doubts of an image, or those of no image if the id is empty. */
  void putDoubts(String id, List<Doubt> doubts) throws SQLException {
    insert("DELETE FROM doubts WHERE image_id = ?", id);
    for (Doubt doubt : doubts) {
      insert(
          "INSERT INTO doubts VALUES (?, ?, ?, ?, ?)",
          id,
          doubt.getReason(),
          doubt.getPhysicalAddress(),
          doubt.getPageCount(),
          doubt.getMessage());
    }
  }

  /** Pages that were not analyzed, according to the receipts so far. */
  private static Map<String, Long> notAnalyzed(
      ImageLedger ledger, @Nullable ImageManifest manifest) {
    Map<String, Long> pages = new TreeMap<>(ledger.totals(Stage.ANALYZERS).notAnalyzed());
    if (manifest != null && manifest.getAbsentPages() > 0) {
      pages.put(Unseen.ABSENT.word(), manifest.getAbsentPages());
    }
    return pages;
  }

  /** Replaces the remark about verdicts that are not shown; null for none. */
  void putNotShown(String id, @Nullable String remark) throws SQLException {
    insert("DELETE FROM remarks WHERE image_id = ? AND kind = ?", id, NOT_SHOWN);
    if (remark != null) {
      remark(id, NOT_SHOWN, "", remark);
    }
  }

  private void image(int place, ImageLedger ledger, @Nullable ImageManifest manifest)
      throws SQLException {
    LedgerProof proof = ledger.proof();
    List<ImageFile> files = ledger.files();
    for (String problem : proof.problems()) {
      remark(ledger.imageId(), "problem", "", problem);
    }
    for (String note : proof.notes()) {
      remark(ledger.imageId(), "note", "", note);
    }
    insert(
        "INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        place,
        ledger.imageId(),
        proof.name(),
        manifest == null ? "" : manifest.getFormat(),
        manifest == null ? "" : manifest.getWrapping(),
        manifest == null ? "unknown" : Words.of(manifest.getState()),
        files.stream().mapToLong(ImageFile::getSizeBytes).sum(),
        files.size() == 1 ? files.getFirst().getSha256() : null,
        files.size(),
        proof.rangeMapPages(),
        proof.mapped(),
        proof.overridden(),
        proof.refused(),
        proof.zero(),
        proof.excluded(),
        proof.absent(),
        proof.absentWithoutBytes(),
        proof.unreadable(),
        manifest == null ? 0L : manifest.getRunCount(),
        proof.addsUp(),
        proof.equation(),
        manifest == null ? "" : manifest.getHost(),
        manifest == null ? "" : manifest.getEvidenceId());
  }

  private static String unreadable(ImageFile file) {
    return file.getUnreadable().stream()
        .map(range ->
            "0x%x-0x%x".formatted(range.getOffset(), range.getOffset() + range.getLength()))
        .collect(Collectors.joining(", "));
  }

  private void range(String id, AddressRange range) throws SQLException {
    insert(
        "INSERT INTO ranges VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        range.getPhysicalAddress(),
        range.getPageCount(),
        Words.of(range.getKind()),
        Words.of(range.getProvenance()),
        Words.of(range.getEstablished()),
        range.getLargePages(),
        range.getName());
  }

  private void remark(String id, String kind, String name, String remark) throws SQLException {
    insert("INSERT INTO remarks VALUES (?, ?, ?, ?)", id, kind, name, remark);
  }

  private void tallies(String id, String tally, Map<String, Long> counts) throws SQLException {
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      insert(
          "INSERT INTO tallies VALUES (?, ?, ?, ?)", id, tally, count.getKey(), count.getValue());
    }
  }

  private void insert(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = store.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(i + 1, value instanceof String s ? HostileText.wellFormed(s) : value);
      }
      statement.execute();
    }
  }
}
