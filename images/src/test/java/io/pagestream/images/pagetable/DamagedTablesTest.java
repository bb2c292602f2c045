package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with dangling entries, loops, or damage: the walk ends and reports it. */
final class DamagedTablesTest {
  private static final int TABLES = 10_000;
  private static final long FIVE_GIB = 5L << 30;

  @TempDir Path folder;

  @Test
  void loopsEnd() {
    try (OpenedImage opened =
        TestTables.open(TestTables.FOLDER.resolve("synthetic/loops.elf.gz"))) {
      PageMappings mappings = TestTables.read(opened.image());
      WalkSummary summary = mappings.summary().orElseThrow();
      assertThat(summary.repeatedTables()).isPositive();
      assertThat(mappings.warnings()).anyMatch(warning -> warning.contains("virtual addresses"));
    }
  }

  /** The search for roots meets the same damage as the walk. */
  @Test
  void damagedImagesAreSearchedAndWalkedWithTheSameAnswerTwice() throws IOException {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("DamagedTablesTest: -Dpagetable.seed=" + seed);
    Random random = new Random(seed);
    int found = 0;
    for (String name : List.of("windows-self-map", "linux-isolation", "linux-five-level")) {
      byte[] sound = bytes(TestTables.FOLDER.resolve("synthetic/" + name + ".raw.gz"));
      for (int flips = 1; flips < 1 << 16; flips *= 4) {
        byte[] damaged = sound.clone();
        for (int i = 0; i < flips; i++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Path file = Files.write(folder.resolve("damaged.raw"), damaged);
        try (OpenedImage opened = TestTables.open(file)) {
          PageMappings first = TestTables.read(opened.image());
          PageMappings second = TestTables.read(opened.image());
          int pages = damaged.length / Pages.SIZE;
          assertThat(second.hints()).isEqualTo(first.hints());
          assertThat(second.warnings()).isEqualTo(first.warnings());
          assertThat(second.spansOf(0, pages)).isEqualTo(first.spansOf(0, pages));
          found += first.roots().size();
        }
      }
    }
    assertThat(found).as("roots found in spite of the damage").isPositive();
  }

  private static byte[] bytes(Path gzipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzipped))) {
      return in.readAllBytes();
    }
  }

  @Test
  void tenThousandTablesWithRandomBitFlipsEndInTimeAndSayTheSameTwice() {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("DamagedTablesTest: -Dpagetable.seed=" + seed);
    Random random = new Random(seed);
    for (int flipsPerTable : new int[] {1, 16, 512}) {
      TableHeap heap = TableHeap.healthy(FIVE_GIB, TABLES / 3);
      heap.flip(random, flipsPerTable);
      List<MappingSpan> first = new ArrayList<>();
      List<MappingSpan> second = new ArrayList<>();
      WalkSummary summary = walkInTime(heap, first);
      assertThat(walkInTime(heap, second)).isEqualTo(summary);
      assertThat(second).as("the same answer twice").isEqualTo(first);
      assertThat(summary.tables()).isPositive();
    }
  }

  @Test
  void tablesOfNothingButNoiseEndToo() {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("DamagedTablesTest: -Dpagetable.seed=" + seed);
    TableHeap heap = TableHeap.healthy(FIVE_GIB, TABLES);
    heap.scramble(new Random(seed));
    List<MappingSpan> spans = new ArrayList<>();
    WalkSummary summary = walkInTime(heap, spans);
    assertThat(summary.stoppedEarly() || summary.repeatedTables() > 0).isTrue();
  }

  /** In processor time, which other work on the machine does not lengthen. */
  private static WalkSummary walkInTime(TableHeap heap, List<MappingSpan> spans) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    AddressSpaces spaces =
        new AddressSpaces(PagingMode.FOUR_LEVEL, GuestSystem.LINUX, List.of(), heap.roots(), 0);
    PageMappings mappings;
    try (TablePages pages = new TablePages(heap)) {
      mappings = PageTables.walked(heap, pages, spaces, PageTableOptions.defaults());
    }
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    System.out.printf(
        "%d tables, %d mappings in %d ms%n",
        mappings.summary().orElseThrow().tables(),
        mappings.summary().orElseThrow().mappings(),
        took.toMillis());
    // Counting, applying definitions, searching for other locations: up to three walks, which take
    // up to 6 s here. Without bounds they would take hours.
    assertThat(took).isLessThan(Duration.ofMinutes(1));
    for (long at = 0; at < FIVE_GIB; at += 64 << 12) {
      spans.addAll(mappings.spansOf(at, 64));
    }
    return mappings.summary().orElseThrow();
  }
}
