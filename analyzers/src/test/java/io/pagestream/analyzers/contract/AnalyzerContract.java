package io.pagestream.analyzers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.fuzz.AnalyzersFuzzTest;
import io.pagestream.analyzers.fuzz.FuzzSeeds;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.page.Pages;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of every analyzer. An analyzer's test extends this class, names the analyzer, and
 * provides samples: memory with all artifacts that must be found in it.
 *
 * <p>The idea of the shift test (every sample again at another offset, every address must move
 * alike) is bulk_extractor's; because of the split tests, memory can be cut into runs of any
 * length.
 */
public abstract class AnalyzerContract {
  private static final int HOSTILE_BYTES = 16 * Pages.SIZE;

  /** How often hostile memory is analyzed before it counts as too slow. */
  private static final int PASSES = 5;

  /** Offsets around which every sample is placed: alignments, a page edge, a run edge. */
  private static final int[] EDGES = {0, Pages.SIZE, 7 * Pages.SIZE};

  /** Base addresses: the first page, above 4 GiB, the last pages that 52 bits can address. */
  private static final long[] BASES = {0, 0x1_0000_0000L, Pages.ADDRESS_LIMIT - 64 * Pages.SIZE};

  /** The analyzer's name in the catalogue. */
  protected abstract String analyzer();

  /** Memory with all artifacts that must be found in it. At least one sample has findings. */
  protected abstract List<Sample> samples();

  /**
   * A power of two; samples are placed only at its multiples. Most analyzers find at any address.
   */
  protected int alignment() {
    return 1;
  }

  /**
   * Maximum processor time for 1 MiB of the worst memory, as {@link MachineSpeed#limit} scales it.
   */
  protected Duration worstMebibyte() {
    return Duration.ofSeconds(4);
  }

  /** A new instance with default options. */
  protected final Analyzer newAnalyzer() {
    return registration().factory().apply(AnalyzerOptions.none(analyzer()));
  }

  private AnalyzerRegistration registration() {
    return AnalyzerCatalog.all().stream()
        .filter(line -> line.info().name().equals(analyzer()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(analyzer() + " has no line in AnalyzerCatalog"));
  }

  @Test
  void isInTheCatalogueAndDescribesItself() {
    AnalyzerInfo info = registration().info();
    assertThat(info.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(info.summary()).endsWith(".").hasSizeLessThan(200);
    assertThat(info.kinds()).extracting(FindingKind::name).doesNotHaveDuplicates();
    assertThat(info.kinds()).allMatch(kind -> kind.name().matches("[a-z0-9]+(-[a-z0-9]+)*"));
    assertThat(info.kinds()).noneMatch(kind -> kind.confidence() == Confidence.UNRATED);
    try (Analyzer analyzer = newAnalyzer()) {
      assertThat(analyzer.info()).isEqualTo(info);
    }
  }

  @Test
  void findsWhatEverySampleHoldsAndNothingElse() {
    assertThat(samples()).anyMatch(sample -> !sample.findings().isEmpty());
    try (Analyzer analyzer = newAnalyzer()) {
      for (Sample sample : samples()) {
        assertThat(new SyntheticMemory(sample.bytes(), 0).whole(analyzer))
            .as(sample.name())
            .containsExactlyInAnyOrderElementsOf(sample.findings());
      }
    }
  }

  @Test
  void findsTheSameAtEveryOffset() {
    Random random = seeded();
    try (Analyzer analyzer = newAnalyzer()) {
      for (Sample sample : samples()) {
        for (int offset : offsets(sample, random)) {
          long base = BASES[random.nextInt(BASES.length)];
          int after = random.nextInt(2 * Pages.SIZE);
          assertThat(SyntheticMemory.around(sample.bytes(), offset, after, base).whole(analyzer))
              .as("'%s' at offset %d of memory at 0x%x", sample, offset, base)
              .containsExactlyInAnyOrderElementsOf(moved(sample, base + offset));
        }
      }
    }
  }

  private Set<Integer> offsets(Sample sample, Random random) {
    List<Integer> offsets = new ArrayList<>();
    for (int edge : EDGES) {
      for (int n = -17; n <= 17; n++) {
        offsets.add(edge + n);
        offsets.add(edge - sample.bytes().length + n);
      }
      for (int n = 0; n < 24; n++) {
        offsets.add(edge - random.nextInt(sample.bytes().length + 1));
      }
    }
    offsets.removeIf(offset -> offset < 0);
    offsets.replaceAll(this::aligned);
    return new LinkedHashSet<>(offsets);
  }

  private int aligned(int offset) {
    return offset + alignment() - 1 & -alignment();
  }

  @Test
  void findsTheSameHoweverMemoryIsCut() {
    Random random = seeded();
    SyntheticMemory memory = scattered(random);
    try (Analyzer analyzer = newAnalyzer()) {
      Set<Found> whole = memory.whole(analyzer);
      assertThat(whole).isNotEmpty();
      for (int pages : new int[] {1, 7, 64}) {
        assertThat(memory.cut(analyzer, pages * Pages.SIZE))
            .as("windows of %d pages", pages)
            .containsExactlyInAnyOrderElementsOf(whole);
      }
      for (int n = 0; n < 64; n++) {
        int boundary = random.nextInt(1, memory.size());
        assertThat(memory.cutAt(analyzer, boundary))
            .as("cut at %d", boundary)
            .containsExactlyInAnyOrderElementsOf(whole);
      }
    }
  }

  @Test
  void findsTheSameWhenEveryByteIsAWindowOfItsOwn() {
    try (Analyzer analyzer = newAnalyzer()) {
      int behind = aligned(analyzer.info().lookBehindBytes() + 3);
      int ahead = Math.min(analyzer.info().lookAheadBytes(), Pages.SIZE) + 3;
      for (Sample sample : samples()) {
        SyntheticMemory memory = SyntheticMemory.around(sample.bytes(), behind, ahead, 0x1000);
        assertThat(memory.cut(analyzer, 1))
            .as(sample.name())
            .containsExactlyInAnyOrderElementsOf(moved(sample, 0x1000 + behind));
      }
    }
  }

  @Test
  void findsTheSameWhenCutAtEveryByte() {
    int before = aligned(5);
    try (Analyzer analyzer = newAnalyzer()) {
      for (Sample sample : samples()) {
        SyntheticMemory memory = SyntheticMemory.around(sample.bytes(), before, 5, 0x1000);
        for (int boundary = 1; boundary < memory.size(); boundary++) {
          assertThat(memory.cutAt(analyzer, boundary))
              .as("'%s' cut at %d", sample, boundary)
              .containsExactlyInAnyOrderElementsOf(moved(sample, 0x1000 + before));
        }
      }
    }
  }

  @Test
  void bearsMemoryThatBeginsOrEndsAtAnyByte() {
    try (Analyzer analyzer = newAnalyzer()) {
      for (Sample sample : samples()) {
        for (int cut = 1; cut < sample.bytes().length; cut++) {
          byte[] head = Arrays.copyOf(sample.bytes(), cut);
          byte[] tail = Arrays.copyOfRange(sample.bytes(), cut, sample.bytes().length);
          assertThatCode(
                  () -> {
                    new SyntheticMemory(head, 0).whole(analyzer);
                    new SyntheticMemory(tail, 0).whole(analyzer);
                  })
              .as("'%s' cut at %d", sample, cut)
              .doesNotThrowAnyException();
        }
      }
    }
  }

  @Test
  void findsNothingInZeroPagesAndOtherMeaninglessMemory() {
    Random random = seeded();
    try (Analyzer analyzer = newAnalyzer()) {
      HostileMemory.meaningless(HOSTILE_BYTES, random)
          .forEach((name, bytes) ->
              assertThat(timed(name, analyzer, new SyntheticMemory(bytes, 0))).as(name).isEmpty());
    }
  }

  @Test
  void staysLinearAndConsistentOnHostileMemory() {
    Random random = seeded();
    try (Analyzer analyzer = newAnalyzer()) {
      HostileMemory.misleading(HOSTILE_BYTES, samples(), random)
          .forEach((name, bytes) -> {
            SyntheticMemory memory = new SyntheticMemory(bytes, 0x7000);
            Set<Found> whole = timed(name, analyzer, memory);
            assertThat(memory.cut(analyzer, Pages.SIZE))
                .as("pages of " + name)
                .containsExactlyInAnyOrderElementsOf(whole);
          });
    }
  }

  @Test
  void bearsTenThousandMutationsOfItsSamples() {
    Random random = seeded();
    for (Sample sample : samples()) {
      FuzzSeeds.write(
          AnalyzersFuzzTest.class, FuzzSeeds.target(analyzer()), sample.name(), sample.bytes());
    }
    MutatedMemory mutated = new MutatedMemory(samples(), alignment(), random);
    try (Analyzer analyzer = newAnalyzer()) {
      for (byte[] bytes : mutated) {
        SyntheticMemory memory = new SyntheticMemory(bytes, 0x1_0000);
        Set<Found> whole = timed("mutated samples", analyzer, memory);
        int pages = Math.max(1, memory.size() / 2 / Pages.SIZE);
        assertThat(memory.cut(analyzer, pages * Pages.SIZE))
            .as("windows of %d pages", pages)
            .containsExactlyInAnyOrderElementsOf(whole);
      }
    }
  }

  /**
   * The findings, within the limit. The first pass may be interpreted, so a slow one is repeated;
   * memory that costs too much does so every time.
   */
  private Set<Found> timed(String name, Analyzer analyzer, SyntheticMemory memory) {
    Duration limit = MachineSpeed.limit(worstMebibyte());
    Set<Found> findings = Set.of();
    Duration fastest = Duration.ofDays(1);
    for (int pass = 0; pass < PASSES && fastest.compareTo(limit) >= 0; pass++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      findings = memory.whole(analyzer);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      Duration took = Duration.ofNanos((long) (nanos * (double) (1 << 20) / memory.size()));
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    assertThat(fastest).as("processor time per MiB of %s", name).isLessThan(limit);
    return findings;
  }

  @Test
  void remembersNothingBetweenWindows() {
    SyntheticMemory memory = scattered(seeded());
    try (Analyzer first = newAnalyzer();
        Analyzer second = newAnalyzer()) {
      Set<Found> once = memory.whole(first);
      assertThat(memory.whole(first)).isEqualTo(once);
      Set<Found> forward = new LinkedHashSet<>();
      Set<Found> backward = new LinkedHashSet<>();
      int pages = memory.size() / Pages.SIZE;
      for (int page = 0; page < pages; page++) {
        int other = pages - 1 - page;
        memory.look(first, page * Pages.SIZE, (page + 1) * Pages.SIZE, forward);
        memory.look(second, other * Pages.SIZE, (other + 1) * Pages.SIZE, backward);
      }
      assertThat(forward).containsExactlyInAnyOrderElementsOf(once);
      assertThat(backward).containsExactlyInAnyOrderElementsOf(once);
    }
  }

  @Test
  void sharesNothingBetweenThreads() throws Exception {
    SyntheticMemory memory = scattered(seeded());
    Callable<Set<Found>> look =
        () -> {
          try (Analyzer analyzer = newAnalyzer()) {
            memory.whole(analyzer);
            return memory.cut(analyzer, Pages.SIZE);
          }
        };
    Set<Found> alone = look.call();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Set<Found>> result : threads.invokeAll(List.of(look, look, look, look))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    }
  }

  /** All samples twice in 72 pages, at random places without overlap, often across page edges. */
  private SyntheticMemory scattered(Random random) {
    byte[] bytes = new byte[72 * Pages.SIZE];
    int free = 0;
    for (int round = 0; round < 2; round++) {
      for (Sample sample : samples()) {
        int length = sample.bytes().length;
        int at =
            random.nextBoolean()
                ? (int) Pages.ceil(free + length) - random.nextInt(length + 1)
                : free + random.nextInt(Pages.SIZE / 4);
        at = aligned(at);
        if (at + length <= bytes.length) {
          System.arraycopy(sample.bytes(), 0, bytes, at, length);
          free = at + length;
        }
      }
    }
    return new SyntheticMemory(bytes, 0x10_0000);
  }

  private static List<Found> moved(Sample sample, long distance) {
    return sample.findings().stream().map(finding -> finding.movedBy(distance)).toList();
  }

  private Random seeded() {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("%s: -Dpagestream.seed=%d%n", getClass().getSimpleName(), seed);
    return new Random(seed);
  }
}
