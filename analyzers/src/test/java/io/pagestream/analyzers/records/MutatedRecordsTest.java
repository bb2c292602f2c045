package io.pagestream.analyzers.records;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.contract.Mutations;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.analyzers.eventlog.EventLogAnalyzer;
import io.pagestream.analyzers.linux.LinuxAnalyzer;
import io.pagestream.analyzers.ntfs.NtfsAnalyzer;
import io.pagestream.analyzers.registry.RegistryAnalyzer;
import io.pagestream.analyzers.windows.WindowsAnalyzer;
import io.pagestream.analyzers.windows.WindowsPoolAnalyzer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Up to ten thousand damaged copies of each record: no exception, whatever a field contains. */
final class MutatedRecordsTest {
  private static final int COPIES_AT_ONCE = 250;
  private static final List<Function<AnalyzerOptions, Analyzer>> ANALYZERS =
      List.of(
          EventLogAnalyzer::new,
          RegistryAnalyzer::new,
          NtfsAnalyzer::new,
          WindowsAnalyzer::new,
          WindowsPoolAnalyzer::new,
          LinuxAnalyzer::new);

  /** The analyzer, the sample, and the record in it. */
  @ParameterizedTest
  @CsvSource({
    "0, security.evtx.gz, 0, 128",
    "0, security.evtx.gz, 4096, 512",
    "0, security.evtx.gz, 4608, 2272",
    "1, hive.gz, 0, 512",
    "1, hive.gz, 4096, 1024",
    "2, mft.bin, 0, 1024",
    "2, indx.bin, 0, 4096",
    "2, usn-2.bin, 0, 112",
    "2, usn-3.bin, 0, 96",
    "2, log-record.bin, 0, 4096",
    "3, prefetch-26.bin, 0, 304",
    "3, nero.lnk, 0, 2716",
    "3, kdbg-64.bin, 0, 128",
    "4, pool-chain.bin, 0, 560",
    "5, notes.bin, 0, 680",
    "5, utmp.bin, 0, 384",
    "5, journal-regular.bin, 0, 130"
  })
  void noDamageCausesAnException(int index, String sample, int start, int length) {
    byte[] record = Arrays.copyOfRange(RecordSamples.bytes(sample), start, start + length);
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("MutatedRecordsTest %s: -Dpagestream.seed=%d%n", sample, seed);
    Mutations mutations = new Mutations(List.of(record), new Random(seed));
    int stride = record.length + 15 & ~15;
    try (Analyzer analyzer = ANALYZERS.get(index).apply(AnalyzerOptions.none("test"))) {
      for (int done = 0; done < Mutations.COPIES * 512 / Math.max(512, record.length); ) {
        byte[] memory = new byte[COPIES_AT_ONCE * stride];
        for (int i = 0; i < COPIES_AT_ONCE; i++, done++) {
          byte[] copy = mutations.next(record);
          System.arraycopy(copy, 0, memory, i * stride, Math.min(copy.length, stride));
        }
        assertThatCode(() -> new SyntheticMemory(memory, 0).whole(analyzer))
            .doesNotThrowAnyException();
      }
    }
  }
}
