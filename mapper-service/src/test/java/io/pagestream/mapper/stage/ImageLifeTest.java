package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Images that begin, end, are sent again, and outlive the process that maps them. */
class ImageLifeTest {
  private final ImageManifest manifest = TestImage.manifest("one", 4, 3, TestImage.ramAndDevice());

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
              tuple("two", Map.of("windows:14", 4L)),
              tuple("one", Map.of("windows:5", 6L)),
              tuple("one", Map.of("windows:100", 2L)));
    }
  }

  /** The same id with another range map must not be judged with the map of the first. */
  @Test
  void an_image_sent_again_with_another_map_is_judged_with_the_new_one() {
    ImageManifest again =
        TestImage.manifest("one", 4, 1, TestImage.range(0, 4, RangeKind.FRAME_BUFFER));
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(manifest));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.send("one", TestImage.closed("one", 3));
      mapper.send("one", TestImage.opened(again));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());

      PageRun last = (PageRun) mapper.mapped().getLast().getBody();
      assertThat(last.getVerdicts().getFirst().getRow()).isEqualTo(14);
      assertThat(mapper.deadLetters()).isEmpty();
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
  void an_image_sent_again_after_its_end_is_not_forgotten_while_it_is_open() {
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
}
