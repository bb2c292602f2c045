package io.pagestream.analyzers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The keys of Linux's {@code xts} template, whose schedules are in objects of their own. {@link
 * AesKeysAnalyzerTest} has those that are in one object.
 */
final class XtsKeysTest {
  private static final long ALGORITHM = 0xffffffffbb5a27e0L;
  private static final int SLAB = 32 * 1024;
  private static final int CONTEXT = 32;

  private final Random random = new Random(7);
  private final ByteBuffer memory = ByteBuffer.allocate(2 * SLAB).order(ByteOrder.LITTLE_ENDIAN);

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void reportsBothOrdersIfMemoryDoesNotTell(int bits) {
    String low = transform(0x1400, bits);
    String high = transform(0x2c00, bits);
    assertThat(xtsKeys())
        .containsExactlyInAnyOrder(
            key(0x1400, 0x2c00, low + high, "unknown"), key(0x1400, 0x2c00, high + low, "unknown"));
  }

  @Test
  void knowsTheOrderFromTheWholeKey() {
    String tweak = transform(0x400, 256);
    String data = transform(0x1800, 256);
    memory.put(0x4f78, HexFormat.of().parseHex(data + tweak));
    assertThat(xtsKeys()).containsExactly(key(0x400, 0x1800, data + tweak, "known"));
  }

  @Test
  void joinsWhatAProvenPairLeaves() {
    String data = transform(0x400, 256);
    String first = transform(0x800, 256);
    String tweak = transform(0xc00, 256);
    String second = transform(0x1000, 256);
    memory.put(0x4f78, HexFormat.of().parseHex(data + tweak));
    assertThat(xtsKeys())
        .containsExactlyInAnyOrder(
            key(0x400, 0xc00, data + tweak, "known"),
            key(0x800, 0x1000, first + second, "unknown"),
            key(0x800, 0x1000, second + first, "unknown"));
  }

  @Test
  void doesNotGuessAmongThree() {
    transform(0x400, 256);
    String second = transform(0x800, 256);
    String third = transform(0xc00, 256);
    // Seen from the second, there is only one other.
    assertThat(xtsKeys())
        .containsExactlyInAnyOrder(
            key(0x800, 0xc00, second + third, "unknown"),
            key(0x800, 0xc00, third + second, "unknown"));
  }

  @Test
  void joinsNothingThatDiffers() {
    transform(0x400, 256);
    transform(0x800, 128);
    transform(SLAB + 0x400, 256);
    assertThat(xtsKeys()).isEmpty();
    transform(0xc00, 256);
    memory.putLong(0xc00 + CONTEXT - 8, ALGORITHM + 64);
    assertThat(xtsKeys()).isEmpty();
  }

  /** A {@code struct crypto_tfm} with a {@code struct crypto_aes_ctx}. */
  private String transform(int at, int bits) {
    AesSize size = AesSize.valueOf("AES_" + bits);
    String key = Schedules.randomKey(size, random);
    memory.put(at, new byte[1024]);
    memory.put(at, (byte) 1);
    memory.putLong(at + CONTEXT - 8, ALGORITHM);
    memory.put(at + CONTEXT, Schedules.bytes(key));
    memory.put(at + CONTEXT + 240, Schedules.bytes(Schedules.decryptionWords(key)));
    memory.putInt(at + CONTEXT + 480, bits / 8);
    return key;
  }

  private List<Found> xtsKeys() {
    try (Analyzer analyzer = new AesKeysAnalyzer(AnalyzerOptions.none("aes-keys"))) {
      SyntheticMemory shown = new SyntheticMemory(memory.array(), 0x10_0000);
      List<Found> all = List.copyOf(shown.whole(analyzer));
      assertThat(shown.cut(analyzer, 4096)).containsExactlyInAnyOrderElementsOf(all);
      return all.stream()
          .filter(found -> found.kind().equals("aes-xts-key"))
          .map(found -> found.movedBy(-0x10_0000))
          .toList();
    }
  }

  private static Found key(int low, int high, String value, String order) {
    int bits = 2 * value.length();
    AesSize size = AesSize.valueOf("AES_" + bits);
    return new Found(
        "aes-xts-key",
        low + CONTEXT,
        high - low + size.scheduleBytes(),
        value,
        Encoding.BINARY,
        Map.of("bits", Integer.toString(bits), "layout", "linux-transforms", "key-order", order));
  }
}
