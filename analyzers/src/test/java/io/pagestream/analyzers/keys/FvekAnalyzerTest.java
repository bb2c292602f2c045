package io.pagestream.analyzers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The offsets of keys in allocations are those that public tools use. */
final class FvekAnalyzerTest extends AnalyzerContract {
  private static final String SECOND = "8dbf7e54d2c296db13b4530b87d297b0";

  @Override
  protected String analyzer() {
    return "bitlocker-fvek";
  }

  @Override
  protected List<Sample> samples() {
    byte[] old = pool(504, "FVEc", true, 32, Schedules.FIPS_128);
    byte[] empty = pool(528, "FVEc", false, 48, Schedules.FIPS_256);
    empty[100] ^= 1;
    return List.of(
        Sample.of("Windows 7, 32 bits", old, key(504, Schedules.FIPS_128, 128, 1, "FVEc")),
        Sample.of(
            "Windows 8",
            pool(672, "Cngb", false, 0x90, Schedules.FIPS_256),
            key(672, Schedules.FIPS_256, 256, 1, "Cngb")),
        Sample.of("no schedule", empty));
  }

  @Test
  void findsBothKeys() {
    byte[] diffuser = pool(1008, "FVEc", false, 48, Schedules.FIPS_128);
    put(diffuser, 528, SECOND);
    assertThat(find(diffuser))
        .containsExactly(key(1008, Schedules.FIPS_128 + SECOND, 128, 2, "FVEc"));
  }

  @Test
  void knowsTheSizesOfAllocations() {
    assertThat(find(pool(1280, "None", false, 0xe0, Schedules.FIPS_256)))
        .containsExactly(key(1280, Schedules.FIPS_256, 256, 1, "None"));
    assertThat(find(pool(1216, "None", false, 0xe0, Schedules.FIPS_256))).isEmpty();
    assertThat(find(pool(544, "FVEc", false, 48, Schedules.FIPS_256))).isEmpty();
    assertThat(find(pool(688, "Cngb", false, 0x90, Schedules.FIPS_256))).isEmpty();
  }

  private Set<Found> find(byte[] bytes) {
    try (Analyzer analyzer = newAnalyzer()) {
      return new SyntheticMemory(bytes, 0).whole(analyzer);
    }
  }

  private static byte[] pool(int size, String tag, boolean is32, int at, String key) {
    byte[] bytes = new byte[size];
    if (is32) {
      bytes[2] = (byte) (size / 8);
      bytes[3] = (byte) (((size / 8) >> 8) | 0x0c);
    } else {
      bytes[2] = (byte) (size / 16);
      bytes[3] = 2;
    }
    System.arraycopy(tag.getBytes(StandardCharsets.US_ASCII), 0, bytes, 4, 4);
    put(bytes, at, key);
    return bytes;
  }

  private static void put(byte[] bytes, int at, String key) {
    byte[] schedule = Schedules.bytes(key);
    System.arraycopy(schedule, 0, bytes, at, schedule.length);
  }

  private static Found key(int length, String value, int bits, int keys, String tag) {
    return new Found(
        "bitlocker-fvek",
        0,
        length,
        value,
        Encoding.BINARY,
        Map.of("bits", Integer.toString(bits), "keys", Integer.toString(keys), "pool-tag", tag));
  }
}
