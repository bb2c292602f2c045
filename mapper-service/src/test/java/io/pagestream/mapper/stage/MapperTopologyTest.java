package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetters;
import io.pagestream.schemas.topic.RecordKeys;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class MapperTopologyTest {
  private static final RecordCodec<PageStreamRecord> CODEC =
      new RecordCodec<>(PageStreamRecord.class);

  private static final AddressRange[] RANGES = {
    TestImage.range(0, 6, RangeKind.RAM), TestImage.range(6, 2, RangeKind.DEVICE)
  };

  private final ImageManifest manifest = TestImage.manifest("one", 4, 3, RANGES);

  @Test
  void an_image_passes_through_with_verdicts_and_receipts() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());
      mapper.sendRun(TestImage.run("one", 2, 6, 2).build());
      mapper.send("one", TestImage.closed("one", 3));

      List<PageStreamRecord> mapped = mapper.mapped();
      assertThat(mapped).hasSize(5);
      assertThat(mapped.get(0)).isEqualTo(TestImage.opened(manifest));
      assertThat(mapped.get(4)).isEqualTo(TestImage.closed("one", 3));
      assertThat(verdicts(mapped.get(1))).containsExactly(VerdictKind.MAPPED);
      assertThat(verdicts(mapped.get(3))).containsExactly(VerdictKind.REFUSED);
      assertThat(((PageRun) mapped.get(3).getBody()).getPages().remaining()).isZero();

      List<RunReceipt> receipts = mapper.receipts();
      assertThat(receipts).extracting(RunReceipt::getBlock).containsExactly(0L, 1L);
      assertThat(receipts.get(0).getVerdictPages()).isEqualTo(Map.of("windows:5", 6L));
      assertThat(receipts.get(1).getRefusedPages()).isEqualTo(Map.of("device-memory-not-read", 2L));
      assertThat(receipts.get(1).getCounts().getRefused()).isEqualTo(2);
      assertThat(mapper.deadLetters()).isEmpty();
    }
  }

  @Test
  void each_judged_run_leaves_its_verdicts_without_its_bytes() {
    PageRun run = TestImage.run("one", 0, 0, 4).build();
    run.setMappings(
        List.of(new MappingSpan(0, 4, 2, 1 << 7, CacheType.WRITE_BACK, true, false, null)));
    run.setLookAhead(TestImage.payload(4, 1));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(run);
      mapper.sendRun(TestImage.run("one", 2, 6, 2).build());
      mapper.sendRun(TestImage.run("one", 1, 400, 2).build());
      mapper.send("one", TestImage.closed("one", 3));

      assertThat(mapper.mapped()).hasSize(4);
      assertThat(mapper.verdicts()).hasSize(2);
      assertThat(mapper.verdicts().getFirst().getKey()).isEqualTo(RecordKeys.run("one", 0));
      PageRun judged = (PageRun) mapper.mapped().get(1).getBody();
      judged.setPages(PageBitmap.empty());
      judged.setLookAhead(PageBitmap.empty());
      assertThat(CODEC.decode(mapper.verdicts().getFirst().getValue(), null).getBody())
          .isEqualTo(judged);
      assertThat(mapper.verdicts()).allMatch(record -> record.getValue().length < 200);
    }
  }

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

  /** An image's runs must not pile up on the heap, whatever its size. */
  @Test
  void a_run_that_has_been_mapped_is_no_longer_held() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      PageStreamRecord run = new PageStreamRecord(TestImage.run("one", 0, 0, 4).build());
      byte[] value = CODEC.encode(run);
      WeakReference<byte[]> held = new WeakReference<>(value);
      mapper.sendBytes(RecordKeys.run("one", 0), value);
      value = null;
      mapper.sendRun(TestImage.run("one", 2, 6, 2).build());

      for (int tries = 0; held.get() != null && tries < 50; tries++) {
        System.gc();
      }
      assertThat(held.get() == null).as("record collected").isTrue();
    }
  }

  @Test
  void runs_that_come_again_after_a_restart_are_mapped_again_but_counted_once() {
    try (MapperDriver before = new MapperDriver();
        MapperDriver after = new MapperDriver()) {
      before.send("one", TestImage.opened(manifest));
      before.sendRun(TestImage.run("one", 0, 0, 4).build());
      before.sendRun(TestImage.run("one", 1, 4, 2).build());
      List<RunReceipt> first = before.receipts();

      after.restoreFrom(before);
      after.sendRun(TestImage.run("one", 0, 0, 4).build());
      after.sendRun(TestImage.run("one", 1, 4, 2).build());

      assertThat(after.mapped()).hasSize(2);
      assertThat(Set.copyOf(after.receipts())).isEqualTo(Set.copyOf(first));
      assertThat(after.deadLetters()).isEmpty();
    }
  }

  @Test
  void two_images_at_once_do_not_touch_each_other() {
    ImageManifest other =
        TestImage.manifest("two", 4, 1, TestImage.range(0, 4, RangeKind.FRAME_BUFFER));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("two", TestImage.opened(other));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("two", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());

      Map<String, RunReceipt> receipts =
          mapper.receipts().stream()
              .collect(Collectors.toMap(RunReceipt::getImageId, Function.identity()));
      assertThat(Objects.requireNonNull(receipts.get("one")).getVerdictPages())
          .isEqualTo(Map.of("windows:5", 6L));
      assertThat(Objects.requireNonNull(receipts.get("two")).getVerdictPages())
          .isEqualTo(Map.of("windows:7", 4L));
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
  void a_manifest_that_comes_twice_in_the_middle_of_an_image_changes_nothing() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());

      assertThat(mapper.deadLetters()).isEmpty();
      assertThat(mapper.receipts())
          .singleElement()
          .satisfies(receipt -> {
            assertThat(receipt.getRuns()).isEqualTo(2);
            assertThat(receipt.getVerdictPages()).isEqualTo(Map.of("windows:5", 6L));
          });
    }
  }

  @Test
  void a_restart_between_the_manifest_and_the_first_run_loses_nothing() {
    ImageManifest other =
        TestImage.manifest("two", 4, 1, TestImage.range(0, 4, RangeKind.FRAME_BUFFER));
    try (MapperDriver before = new MapperDriver();
        MapperDriver after = new MapperDriver()) {
      before.send("one", TestImage.opened(manifest));
      before.send("two", TestImage.opened(other));

      after.restoreFrom(before);
      after.sendRun(TestImage.run("two", 0, 0, 4).build());
      after.sendRun(TestImage.run("one", 0, 0, 4).build());
      after.sendRun(TestImage.run("one", 1, 4, 2).build());
      after.sendRun(TestImage.run("one", 2, 6, 2).build());
      after.send("one", TestImage.closed("one", 3));

      assertThat(after.deadLetters()).isEmpty();
      assertThat(after.mapped()).hasSize(5);
      assertThat(after.receipts())
          .extracting(RunReceipt::getImageId, RunReceipt::getVerdictPages)
          .containsExactly(
              tuple("two", Map.of("windows:7", 4L)),
              tuple("one", Map.of("windows:5", 6L)),
              tuple("one", Map.of("windows:100", 2L)));
    }
  }

  /** The same id with another range map must not be judged with the map of the first. */
  @Test
  void an_image_sent_anew_with_another_map_is_judged_with_the_new_one() {
    ImageManifest anew =
        TestImage.manifest("one", 4, 1, TestImage.range(0, 4, RangeKind.FRAME_BUFFER));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.send("one", TestImage.closed("one", 3));
      mapper.send("one", TestImage.opened(anew));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());

      PageRun last = (PageRun) mapper.mapped().getLast().getBody();
      assertThat(last.getVerdicts().getFirst().getRow()).isEqualTo(7);
      assertThat(mapper.deadLetters()).isEmpty();
    }
  }

  @Test
  void two_images_with_interleaved_runs_page_tables_and_endings_stay_apart() {
    ImageManifest other = TestImage.manifest("two", 4, 2, RANGES);
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("two", TestImage.opened(other));
      mapper.sendRun(
          TestImage.run("two", 0, 0, 4)
              .setMappings(List.of(MappedRuns.span(0, 4, CacheType.UNCACHED)))
              .build());
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.send("two", TestImage.closed("two", 2));
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());

      assertThat(mapper.receipts())
          .extracting(RunReceipt::getImageId, RunReceipt::getRuns, RunReceipt::getVerdictPages)
          .containsExactly(
              tuple("two", 1, Map.of("windows:6", 4L)), tuple("one", 2, Map.of("windows:5", 6L)));
      assertThat(mapper.deadLetters()).isEmpty();
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
    ImageManifest wrong = TestImage.manifest("one", 4, 3, RANGES);
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

  @Test
  void the_end_of_an_image_brings_receipts_for_blocks_that_lack_runs() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());
      assertThat(mapper.receipts()).isEmpty();
      mapper.send("one", TestImage.closed("one", 3));

      assertThat(mapper.receipts())
          .singleElement()
          .satisfies(receipt -> assertThat(receipt.getRuns()).isEqualTo(1));
    }
  }

  @Test
  void a_closed_image_is_remembered_for_a_while_and_then_forgotten() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("one", TestImage.closed("one", 3));
      mapper.advance(Duration.ofMinutes(9));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      assertThat(mapper.deadLetters()).isEmpty();

      mapper.advance(Duration.ofMinutes(2));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      assertThat(mapper.deadLetters()).hasSize(1);
      assertThat(mapper.storedEntries()).isZero();
    }
  }

  @Test
  void an_image_sent_anew_after_its_end_is_not_forgotten_while_it_is_open() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.send("one", TestImage.closed("one", 3));
      mapper.advance(Duration.ofMinutes(5));
      mapper.send("one", TestImage.opened(manifest));
      mapper.advance(Duration.ofMinutes(20));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());

      assertThat(mapper.deadLetters()).isEmpty();
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

  @Test
  void a_record_goes_to_the_partition_that_it_came_from() {
    Placed placed = new Placed(TestImage.opened(manifest), 5);

    assertThat(new Placed.SamePartition().partitions("mapped-pages", new byte[0], placed, 6))
        .isEqualTo(Optional.of(Set.of(5)));
  }

  private static List<VerdictKind> verdicts(PageStreamRecord record) {
    return ((PageRun) record.getBody())
        .getVerdicts().stream().map(span -> span.getVerdict()).toList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.getHeaders().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
