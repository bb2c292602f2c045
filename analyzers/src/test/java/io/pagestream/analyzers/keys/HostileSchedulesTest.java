package io.pagestream.analyzers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.MachineSpeed;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worst memory takes linear and acceptable time. */
final class HostileSchedulesTest {
  private static final int BYTES = 1 << 18;

  @ParameterizedTest
  @EnumSource
  void bearsPlainRelationsEverywhere(AesSize size) {
    assertThat(timed(HostileSchedules.plainEverywhere(size, BYTES))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bearsSchedulesWithoutEnd(AesSize size) {
    assertThat(timed(HostileSchedules.endless(size, BYTES))).isNotEmpty();
  }

  private static Set<Found> timed(byte[] bytes) {
    var options = new AnalyzerOptions("aes-keys", Map.of("max-bit-errors", "13"));
    try (Analyzer analyzer = new AesKeysAnalyzer(options)) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Set<Found> findings = new SyntheticMemory(bytes, 0).whole(analyzer);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      System.out.printf("%d findings, %d ms a MiB%n", findings.size(), nanos / 250_000);
      assertThat(Duration.ofNanos(nanos)).isLessThan(MachineSpeed.limit(Duration.ofSeconds(2)));
      return findings;
    }
  }
}
