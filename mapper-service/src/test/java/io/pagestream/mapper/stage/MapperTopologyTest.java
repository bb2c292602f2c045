package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import io.pagestream.schemas.topic.RecordKeys;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The output of the stage for its input. */
class MapperTopologyTest {
  private static final RecordCodec<PageStreamRecord> CODEC =
      new RecordCodec<>(PageStreamRecord.class);

  private final ImageManifest manifest = TestImage.manifest("one", 4, 3, TestImage.ramAndDevice());

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
      assertThat(((PageRun) mapped.get(3).getBody()).getPages().remaining())
          .as("a verdict is a label")
          .isEqualTo(2 * 4096);

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
        List.of(
            new MappingSpan(
                0,
                4,
                2,
                1 << 7,
                CacheType.WRITE_BACK,
                true,
                false,
                null,
                0,
                0,
                false,
                false,
                List.of())));
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

  /** An image's runs must not accumulate on the heap, for any image size. */
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
          .isEqualTo(Map.of("windows:14", 4L));
    }
  }

  @Test
  void two_images_with_interleaved_runs_page_tables_and_endings_stay_apart() {
    ImageManifest other = TestImage.manifest("two", 4, 2, TestImage.ramAndDevice());
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
  void a_record_goes_to_the_partition_that_it_came_from() {
    Placed placed = new Placed(TestImage.opened(manifest), 5);

    assertThat(new Placed.SamePartition().partitions("mapped-pages", new byte[0], placed, 6))
        .isEqualTo(Optional.of(Set.of(5)));
  }

  private static List<VerdictKind> verdicts(PageStreamRecord record) {
    return ((PageRun) record.getBody())
        .getVerdicts().stream().map(span -> span.getVerdict()).toList();
  }
}
