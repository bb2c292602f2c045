package io.pagestream.benchmarks;

import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.pattern.PatternPass;
import io.pagestream.analyzers.text.TextAnalyzer;
import io.pagestream.schemas.finding.Location;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The {@code text} analyzer alone, on one thread, in runs of 64 pages. One operation is one MiB, so
 * the score is MiB/s. {@code -p image=FILE} takes the first 64 MiB of a raw image instead of memory
 * made up of random bytes, numbers and text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
public class TextAnalyzerBenchmark {
  private static final int MEBIBYTES = 64;
  private static final int SIZE = MEBIBYTES << 20;
  private static final int RUN_BYTES = 64 * 4096;

  /** A raw image, or nothing for made-up memory. */
  @Param("")
  public String image = "";

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(SIZE, 4096);
  private final TextAnalyzer analyzer = new TextAnalyzer();
  private final PatternPass pass = new PatternPass(List.of(TextAnalyzer.INFO));

  /** Fills the memory. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    if (image.isEmpty()) {
      fillWithMixture();
      return;
    }
    try (FileChannel file = FileChannel.open(Path.of(image));
        Arena mapping = Arena.ofConfined()) {
      long size = Math.min(SIZE, file.size());
      MemorySegment.copy(
          file.map(FileChannel.MapMode.READ_ONLY, 0, size, mapping), 0, memory, 0, size);
    }
  }

  /** Looks at all of it; returns how much was found, so that the work is not left out. */
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public int analyze() {
    int[] found = {0};
    int behind = analyzer.info().lookBehindBytes();
    int ahead = analyzer.info().lookAheadBytes();
    for (int start = 0; start < SIZE; start += RUN_BYTES) {
      int from = Math.max(0, start - behind);
      int to = Math.min(SIZE, start + RUN_BYTES + ahead);
      Window window =
          new Window(
              memory.asSlice(from, to - from),
              Location.physical(from),
              start - from,
              start - from + RUN_BYTES);
      pass.scan(List.of(window));
      analyzer.analyze(
          window,
          pass.of(0, 0),
          (kind, offset, length, value, encoding, attributes, confidence) -> found[0] += length);
    }
    return found[0];
  }

  /** Frees the memory. */
  @TearDown(Level.Trial)
  public void free() {
    pass.close();
    arena.close();
  }

  /** A quarter each: random bytes, little numbers, prose with few addresses, zero pages. */
  private void fillWithMixture() {
    Random random = new Random(1);
    byte[] page = new byte[4096];
    byte[] prose =
        "The page at https://files.example.com/a?q=1 was sent by bob@mail.example.org at 12:30. "
            .concat("It says nothing of any interest, which is why it is so long and so dull. ")
            .repeat(40)
            .getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < SIZE; at += page.length) {
      switch (random.nextInt(4)) {
        case 0 -> random.nextBytes(page);
        case 1 -> {
          for (int i = 0; i < page.length; i++) {
            page[i] = (byte) (i % 4 == 0 ? random.nextInt(64) : 0);
          }
        }
        case 2 -> System.arraycopy(prose, random.nextInt(256), page, 0, page.length);
        default -> Arrays.fill(page, (byte) 0);
      }
      MemorySegment.copy(page, 0, memory, ValueLayout.JAVA_BYTE, at, page.length);
    }
  }
}
