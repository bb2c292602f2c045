package io.pagestream.analyzers.records;

import static java.util.Comparator.comparingLong;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Records from public samples and of independent writers; the README beside them has the origins.
 */
public final class RecordSamples {
  private RecordSamples() {}

  /** The bytes of a sample; decompressed if its name ends in {@code .gz}. */
  public static byte[] bytes(String name) {
    try (InputStream file =
        Objects.requireNonNull(RecordSamples.class.getResourceAsStream(name), name)) {
      return name.endsWith(".gz") ? new GZIPInputStream(file).readAllBytes() : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** All findings in memory that begins at address 0, by address. */
  public static List<Found> findings(Function<AnalyzerOptions, Analyzer> analyzer, byte[] memory) {
    try (Analyzer instance = analyzer.apply(AnalyzerOptions.none("test"))) {
      return new SyntheticMemory(memory, 0)
          .whole(instance).stream().sorted(comparingLong(Found::address)).toList();
    }
  }

  /** A finding with a binary value. */
  public static Found binary(
      long address, String kind, int length, String value, Map<String, String> attributes) {
    return new Found(kind, address, length, value, Encoding.BINARY, attributes);
  }

  /** A copy with one byte changed. */
  public static byte[] damaged(byte[] bytes, int offset) {
    byte[] copy = bytes.clone();
    copy[offset] ^= 0x55;
    return copy;
  }
}
