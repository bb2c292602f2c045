package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetters;
import io.pagestream.schemas.topic.RecordKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Records that the stage cannot map become dead letters, and the rest is processed. */
class MapperDeadLettersTest {
  private static final RecordCodec<PageStreamRecord> CODEC =
      new RecordCodec<>(PageStreamRecord.class);

  private final ImageManifest manifest = TestImage.manifest("one", 4, 3, TestImage.ramAndDevice());

  @Test
  void a_run_of_an_unknown_image_is_a_dead_letter_and_goes_nowhere() {
    try (MapperDriver mapper = new MapperDriver()) {
      PageRun run = TestImage.run("other", 0, 0, 4).build();
      mapper.sendRun(run);

      TestRecord<byte[], byte[]> letter = mapper.deadLetters().getFirst();
      assertThat(letter.getValue()).isEqualTo(CODEC.encode(new PageStreamRecord(run)));
      assertThat(letter.getKey()).isEqualTo(RecordKeys.run("other", 0));
      assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("mapper");
      assertThat(header(letter, DeadLetters.ERROR_CODE)).isEqualTo("PS-210");
      assertThat(header(letter, DeadLetters.ERROR_MESSAGE)).contains("other");
      assertThat(header(letter, DeadLetters.SOURCE)).isEqualTo("pagestream.pages/0/0");
      assertThat(mapper.mapped()).isEmpty();
    }
  }

  @Test
  void runs_that_come_before_their_manifest_are_dead_letters_and_are_mapped_when_they_come_again() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.send("one", TestImage.closed("one", 3));
      assertThat(mapper.deadLetters()).hasSize(2);
      assertThat(mapper.receipts()).isEmpty();
      assertThat(mapper.storedEntries()).as("nothing is kept of an unknown image").isZero();

      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());

      assertThat(mapper.mapped()).hasSize(3);
      assertThat(mapper.deadLetters()).hasSize(2);
      assertThat(mapper.receipts().getFirst().getVerdictPages()).isEqualTo(Map.of("windows:5", 6L));
    }
  }

  @Test
  void hostile_mappings_are_a_dead_letter_and_the_run_is_missed_in_the_receipt() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(
          TestImage.run("one", 0, 0, 4)
              .setMappings(List.of(MappedRuns.span(0, 5, CacheType.UNCACHED)))
              .build());
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());

      assertThat(mapper.deadLetters())
          .singleElement()
          .satisfies(l -> assertThat(header(l, DeadLetters.ERROR_MESSAGE)).contains("5 pages"));
      assertThat(PageBitmap.isSet(mapper.receipts().getFirst().getDeadRuns(), 0)).isTrue();
    }
  }

  @Test
  void another_manifest_for_an_open_image_is_a_dead_letter_and_the_first_holds() {
    ImageManifest other = TestImage.manifest("one", 4, 2, TestImage.range(0, 8, RangeKind.DEVICE));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("one", TestImage.opened(other));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());

      assertThat(mapper.deadLetters())
          .singleElement()
          .satisfies(l -> assertThat(header(l, DeadLetters.ERROR_CODE)).isEqualTo("PS-105"));
      assertThat(verdicts(mapper.mapped().getLast())).containsExactly(VerdictKind.MAPPED);
    }
  }

  @Test
  void a_manifest_that_contradicts_itself_is_a_dead_letter() {
    ImageManifest wrong = TestImage.manifest("one", 4, 3, TestImage.ramAndDevice());
    wrong.setRunsPerBlock(0);
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(wrong));

      assertThat(mapper.deadLetters()).hasSize(1);
      assertThat(mapper.mapped()).isEmpty();
    }
  }

  @Test
  void a_contradictory_last_run_is_a_dead_letter_and_its_block_is_finished_all_the_same() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("one", 1, 400, 2).build());

      assertThat(mapper.deadLetters()).hasSize(1);
      assertThat(mapper.receipts())
          .singleElement()
          .satisfies(receipt -> {
            assertThat(receipt.getRuns()).isEqualTo(1);
            assertThat(PageBitmap.isSet(receipt.getDeadRuns(), 1)).isTrue();
          });
    }
  }

  @Property(tries = 20)
  void damaged_records_become_dead_letters_and_the_next_sound_one_is_mapped(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] sound = CODEC.encode(new PageStreamRecord(TestImage.run("one", 0, 0, 4).build()));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      for (int i = 0; i < 20; i++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(40)] ^= (byte) (1 << random.nextInt(8));
        mapper.sendBytes(
            RecordKeys.run("one", 0), Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length)));
      }
      mapper.sendBytes(null, null);
      mapper.sendBytes(RecordKeys.run("one", 0), sound);

      assertThat(mapper.deadLetters()).isNotEmpty();
      PageRun last = (PageRun) mapper.mapped().getLast().getBody();
      assertThat(last.getPages()).isEqualTo(TestImage.payload(0, 4));
    }
  }

  private static List<VerdictKind> verdicts(PageStreamRecord record) {
    return ((PageRun) record.getBody())
        .getVerdicts().stream().map(span -> span.getVerdict()).toList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.getHeaders().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
