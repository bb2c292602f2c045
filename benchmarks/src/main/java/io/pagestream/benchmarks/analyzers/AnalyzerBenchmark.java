package io.pagestream.benchmarks.analyzers;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.pattern.PatternPass;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Speed of one analyzer on natural memory, its part of the pattern pass included, in bytes per
 * microsecond, which is MB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls open() before it measures
public class AnalyzerBenchmark {
  /** The analyzer. */
  @Param({
    "aes-keys",
    "bitlocker-fvek",
    "decoders",
    "event-log",
    "files",
    "linux",
    "network",
    "ntfs",
    "private-keys",
    "public-keys",
    "registry",
    "text",
    "volume-keys",
    "windows",
    "windows-pool"
  })
  public String name;

  private List<Window> windows;
  private Analyzer analyzer;
  private PatternPass pass;

  /** Reads the memory. */
  @Setup
  public void open() {
    windows = NaturalMemory.windows();
    analyzer = NaturalMemory.analyzer(name);
    pass = new PatternPass(List.of(analyzer.info()));
  }

  /** All windows once. */
  @Benchmark
  @OperationsPerInvocation(NaturalMemory.BYTES)
  public void scan(Blackhole blackhole) {
    for (Window window : windows) {
      pass.scan(List.of(window));
      analyzer.analyze(
          window,
          pass.of(0, 0),
          (kind, offset, length, value, encoding, attributes, confidence) ->
              blackhole.consume(value));
    }
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    analyzer.close();
    pass.close();
  }
}
