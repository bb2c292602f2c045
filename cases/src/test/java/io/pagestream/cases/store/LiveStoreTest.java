package io.pagestream.cases.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveStoreTest {
  private static final String ADDRESSES =
      "SELECT physical_address FROM verdicts ORDER BY physical_address";

  private static final StoreSettings SETTINGS = StoreSettings.DEFAULT.withMemoryMebibytes(128);

  @TempDir private Path temporary;

  private static List<String> ask(FindingStore store, String sql) {
    return store.ask(
        sql,
        List.of(),
        rows -> {
          List<String> lines = new ArrayList<>();
          while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              line.append(i == 1 ? "" : "|").append(rows.getString(i));
            }
            lines.add(line.toString());
          }
          return lines;
        });
  }

  @Test
  void whatComesTwiceIsThereOnce() {
    try (LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      assertThat(store.add(TwoImages.FINDINGS.subList(0, 4))).isEqualTo(4);
      assertThat(store.add(TwoImages.FINDINGS)).isEqualTo(2);
      List<Finding> twice = new ArrayList<>(TwoImages.FINDINGS);
      twice.addAll(TwoImages.FINDINGS);
      assertThat(store.add(twice)).isZero();
      assertThat(store.add(List.of())).isZero();
      assertThat(ask(store, "SELECT count(*), count(DISTINCT finding_id) FROM findings"))
          .containsExactly("6|6");
    }
  }

  @Test
  void aLiveStoreAnswersLikeAFinishedCase() {
    Path folder = TwoImages.write(temporary.resolve("case"));
    List<String> questions =
        List.of(
            "SELECT * EXCLUDE (place) FROM findings ORDER BY finding_id",
            "SELECT * FROM histograms ORDER BY kind, value",
            "SELECT * FROM correlations ORDER BY kind, value",
            "SELECT * FROM single_image_values ORDER BY kind, value",
            "SELECT * FROM facets ORDER BY ALL",
            "SELECT * FROM value_facets ORDER BY ALL",
            "SELECT value, kind FROM histograms ORDER BY rowid",
            "SELECT value FROM case_facts WHERE name = 'value-hashes-unique'");
    long seed = System.nanoTime();
    List<Finding> shuffled = new ArrayList<>(TwoImages.FINDINGS);
    Collections.shuffle(shuffled, new Random(seed));
    try (FindingStore finished = CaseStore.open(folder, SETTINGS, line -> {});
        LiveStore live = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      live.putImage(0, ledger(SmallCase.IMAGE));
      live.putImage(1, ledger(TwoImages.SECOND));
      shuffled.forEach(finding -> live.add(List.of(finding)));
      live.refresh();
      live.refresh();
      for (String question : questions) {
        assertThat(ask(live, question))
            .as(question + ", seed " + seed)
            .isEqualTo(ask(finished, question));
      }
    }
  }

  @Test
  void whatIsNotCountedYetIsSaid() {
    String known = "SELECT value FROM case_facts WHERE name = 'value-hashes-unique'";
    try (LiveStore live = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      live.add(TwoImages.FINDINGS.subList(0, 2));
      assertThat(ask(live, known)).isEmpty();
      live.refresh();
      assertThat(ask(live, known)).containsExactly("true");
      assertThat(live.add(TwoImages.FINDINGS)).isEqualTo(TwoImages.FINDINGS.size() - 2);
      assertThat(ask(live, known)).isEmpty();
    }
  }

  private static ImageLedger ledger(String imageId) {
    ImageLedger ledger = new ImageLedger(imageId);
    var manifest = SmallCase.manifest(ImageState.OPEN);
    manifest.setImageId(imageId);
    ledger.manifest(manifest);
    return ledger;
  }

  /** Rejected records concern no image, and are shown while the case is followed. */
  @Test
  void doubtsAboutNoImageAreReplacedByNewerOnesAndSurviveThoseOfImages() {
    try (LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      Doubt first = new Doubt("record-rejected", 0L, 0L, "pages/0/7: garbage");
      store.putStrayDoubts(List.of(first));
      store.putStrayDoubts(List.of(first, new Doubt("finding-rejected", 0L, 0L, "findings/1/2")));
      store.putImage(0, ledger(SmallCase.IMAGE));
      assertThat(ask(store, "SELECT reason, message FROM doubts WHERE image_id = '' ORDER BY 1"))
          .containsExactly("finding-rejected|findings/1/2", "record-rejected|pages/0/7: garbage");
    }
  }

  @Test
  void anImagesFactsAreReplacedByNewerOnes() {
    try (LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      ImageLedger ledger = ledger(SmallCase.IMAGE);
      store.putImage(0, ledger);
      assertThat(ask(store, "SELECT state, mapped FROM images")).containsExactly("open|0");
      ledger.manifest(SmallCase.manifest(ImageState.CLOSED));
      SmallCase.receipts().forEach(ledger::receipt);
      store.putImage(0, ledger);
      assertThat(ask(store, "SELECT state, mapped, range_map_pages, adds_up FROM images"))
          .containsExactly("closed|" + ledger.proof().mapped() + "|23|true");
      assertThat(ask(store, "SELECT stage, runs FROM receipts ORDER BY stage"))
          .containsExactly("analyzers|2", "mapper|2");
      assertThat(ask(store, "SELECT kind, page_count FROM ranges")).containsExactly("ram|23");
    }
  }

  @Test
  void anImagesVerdictsAreReplacedByNewerOnesAndWhatIsLeftOutIsSaid() {
    RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
    try (VerdictStore verdicts = new VerdictStore(temporary, "v");
        LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      verdicts.manifest(SmallCase.manifest(ImageState.OPEN));
      for (PageRun run : SmallCase.verdicts()) {
        assertThat(verdicts.add(run, codec.encode(new PageStreamRecord(run)))).isTrue();
      }
      store.putVerdicts(SmallCase.IMAGE, verdicts, 2);
      List<String> two = ask(store, ADDRESSES);
      assertThat(two).hasSize(2);
      store.putImage(0, ledger(SmallCase.IMAGE));
      List<String> remark = ask(store, "SELECT remark FROM remarks WHERE kind = 'not-shown'");
      assertThat(remark).as("stays when the facts are put again").hasSize(1);
      store.putVerdicts(SmallCase.IMAGE, verdicts);
      assertThat(ask(store, "SELECT remark FROM remarks WHERE kind = 'not-shown'")).isEmpty();
      List<String> all = ask(store, ADDRESSES);
      assertThat(two).isEqualTo(all.subList(0, 2));
      String next = "0x" + Long.toHexString(Long.parseLong(all.get(2)));
      assertThat(remark.getFirst())
          .contains("from " + next + " on, %d spans".formatted(all.size() - 2));
      assertThat(ask(store, "SELECT DISTINCT verdict FROM verdicts ORDER BY verdict"))
          .contains("mapped", "refused");
    }
  }

  @Test
  void aFindingThatCannotBeOursIsLeftOutAndCounted() {
    Finding alien = SmallCase.finding(0x1000, "email", "a@example.com");
    alien.setFindingId("not-an-id");
    try (LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS)) {
      assertThat(store.add(List.of(alien, TwoImages.FINDINGS.getFirst()))).isEqualTo(1);
      assertThat(store.impossible()).isEqualTo(1);
    }
  }

  @Test
  void itIsAskedWhileItIsFilledAndNeverShowsHalfABatch() throws Exception {
    int batches = 20;
    int size = 500;
    AtomicBoolean done = new AtomicBoolean();
    try (LiveStore store = LiveStore.create(temporary.resolve("live.duckdb"), SETTINGS);
        ExecutorService asker = Executors.newSingleThreadExecutor()) {
      Future<Long> questions =
          asker.submit(() -> {
            long asked = 0;
            while (!done.get()) {
              long count = Long.parseLong(ask(store, "SELECT count(*) FROM findings").getFirst());
              assertThat(count % size).as("findings seen").isZero();
              asked++;
            }
            return asked;
          });
      for (int batch = 0; batch < batches; batch++) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          Finding finding = SmallCase.finding(4096L * i, "url", "http://example.com/" + i);
          finding.setFindingId("%032x".formatted(batch * size + i));
          findings.add(finding);
        }
        assertThat(store.add(findings)).isEqualTo(size);
      }
      done.set(true);
      assertThat(questions.get()).isPositive();
      assertThat(ask(store, "SELECT count(*) FROM findings")).containsExactly("" + batches * size);
    }
  }
}
