package io.pagestream.analyzers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AesKeysAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "aes-keys";
  }

  @Override
  protected List<Sample> samples() {
    Random random = new Random(5);
    List<Sample> samples = new ArrayList<>();
    for (String key : List.of(Schedules.FIPS_128, Schedules.FIPS_192, Schedules.FIPS_256)) {
      int bits = 4 * key.length();
      samples.add(Sample.of("FIPS 197, " + bits + " bits", Schedules.bytes(key), key(0, key, 0)));
      samples.add(
          Sample.of(bits + " bits, 6 wrong", Schedules.damaged(key, 6, random), key(0, key, 6)));
      samples.add(Sample.of(bits + " bits, 14 wrong", Schedules.damaged(key, 14, random)));
    }
    for (String key : List.of(Schedules.FIPS_128, Schedules.FIPS_192, Schedules.FIPS_256)) {
      samples.add(
          Sample.of(
              "words reversed",
              Schedules.reversedBytes(Schedules.words(key)),
              key(0, key, 0, Map.of("word-order", "reversed"))));
    }
    for (String key : List.of(Schedules.FIPS_128, Schedules.FIPS_256)) {
      samples.add(
          Sample.of(
              "for decryption",
              Schedules.bytes(Schedules.decryptionWords(key)),
              key(0, key, 0, Map.of("schedule", "decryption"))));
      samples.add(
          Sample.of(
              "for decryption, words reversed",
              Schedules.reversedBytes(Schedules.decryptionWords(key)),
              key(0, key, 0, Map.of("schedule", "decryption", "word-order", "reversed"))));
    }
    byte[] pair = new byte[481];
    System.arraycopy(Schedules.bytes(Schedules.FIPS_256), 0, pair, 0, 240);
    System.arraycopy(Schedules.bytes("f".repeat(64)), 0, pair, 241, 240);
    samples.add(
        Sample.of(
            "two side by side, as for XTS",
            pair,
            key(0, Schedules.FIPS_256, 0),
            key(241, "f".repeat(64), 0)));
    samples.addAll(xtsSamples());
    return samples;
  }

  private static List<Sample> xtsSamples() {
    String second = "f".repeat(64);
    byte[] aesni = pair(496, 480, 32, Schedules.bytes(Schedules.FIPS_256));
    byte[] arm = pair(488, 480, 32, Schedules.bytes(Schedules.FIPS_256));
    byte[] openssl = pair(248, 240, 14, Schedules.bytes(Schedules.FIPS_256));
    byte[] decrypting =
        pair(248, 240, 13, Schedules.bytes(Schedules.decryptionWords(Schedules.FIPS_256)));
    byte[] twoKeys = pair(496, 480, 16, Schedules.bytes(Schedules.FIPS_256));
    Found first = key(0, Schedules.FIPS_256, 0);
    return List.of(
        Sample.of(
            "aesni_xts_ctx",
            aesni,
            first,
            key(496, second, 0),
            xts(496, second + Schedules.FIPS_256, "linux-aesni")),
        Sample.of(
            "crypto_aes_xts_ctx",
            arm,
            first,
            key(488, second, 0),
            xts(488, Schedules.FIPS_256 + second, "linux-arm")),
        Sample.of(
            "EVP_AES_XTS_CTX",
            openssl,
            first,
            key(248, second, 0),
            xts(248, Schedules.FIPS_256 + second, "openssl")),
        Sample.of(
            "EVP_AES_XTS_CTX for decryption",
            decrypting,
            key(0, Schedules.FIPS_256, 0, Map.of("schedule", "decryption")),
            key(248, second, 0),
            xts(248, Schedules.FIPS_256 + second, "openssl")),
        Sample.of("key length of another size", twoKeys, first, key(496, second, 0)));
  }

  /** Two schedules, each followed by a number. */
  private static byte[] pair(int distance, int numberAt, int number, byte[] first) {
    byte[] bytes = new byte[distance + numberAt + 4];
    System.arraycopy(first, 0, bytes, 0, 240);
    System.arraycopy(Schedules.bytes("f".repeat(64)), 0, bytes, distance, 240);
    bytes[numberAt] = (byte) number;
    bytes[distance + numberAt] = (byte) number;
    return bytes;
  }

  private static Found xts(int distance, String keys, String layout) {
    return new Found(
        "aes-xts-key",
        0,
        distance + 240,
        keys,
        Encoding.BINARY,
        Map.of("bits", "256", "key-order", "known", "layout", layout));
  }

  @ParameterizedTest
  @EnumSource
  void findsSchedulesForDecryption(AesSize size) {
    Random random = new Random(17);
    for (int n = 0; n < 200; n++) {
      String key = Schedules.randomKey(size, random);
      int[] words = Schedules.decryptionWords(key);
      assertThat(find(Schedules.bytes(words), 10))
          .containsExactly(key(0, key, 0, Map.of("schedule", "decryption")));
      assertThat(find(Schedules.reversedBytes(words), 10))
          .containsExactly(
              key(0, key, 0, Map.of("schedule", "decryption", "word-order", "reversed")));
      words[size.scheduleWords - 1] ^= 4;
      assertThat(find(Schedules.bytes(words), 10))
          .containsExactly(key(0, key, 1, Map.of("schedule", "decryption")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsReversedWordsWithAsManyWrongBits(AesSize size) {
    Random random = new Random(18);
    for (int n = 0; n < 200; n++) {
      String key = Schedules.randomKey(size, random);
      byte[] bytes = Schedules.reversedBytes(Schedules.words(key));
      bytes[random.nextInt(bytes.length)] ^= 0x11;
      assertThat(find(bytes, 10)).containsExactly(key(0, key, 2, Map.of("word-order", "reversed")));
    }
  }

  @Test
  void mixesColumnsAsTheStandardDoes() {
    assertThat(InverseCipher.mixColumn(0xdb135345)).isEqualTo(0x8e4da1bc);
    assertThat(InverseCipher.inverseMixColumn(0x8e4da1bc)).isEqualTo(0xdb135345);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 64})
  void findsTheKeyOfZeroesBecauseItsScheduleIsOne(int digits) {
    String key = "0".repeat(digits);
    assertThat(find(Schedules.bytes(key), 10)).containsExactly(key(0, key, 0));
  }

  @ParameterizedTest
  @CsvSource({"AES_128, 10", "AES_192, 7", "AES_256, 6"})
  void findsEveryKeyWithAsManyWrongBitsAsIsGuaranteed(AesSize size, int wrong) {
    Random random = new Random(11);
    for (int n = 0; n < 500; n++) {
      String key = Schedules.randomKey(size, random);
      assertThat(find(Schedules.damaged(key, wrong, random), 10))
          .containsExactly(key(0, key, wrong));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsKeysWithAsManyWrongBitsAsCanBeAskedFor(AesSize size) {
    Random random = new Random(12);
    for (int n = 0; n < 500; n++) {
      String key = Schedules.randomKey(size, random);
      assertThat(find(Schedules.damaged(key, 13, random), 13)).containsExactly(key(0, key, 13));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheRightKeyWhenItsOwnBytesAreDamaged(AesSize size) {
    String key = Schedules.randomKey(size, new Random(13));
    byte[] bytes = Schedules.bytes(key);
    bytes[0] ^= 1;
    bytes[4 * size.keyWords - 1] ^= (byte) 0x80;
    assertThat(find(bytes, 10)).containsExactly(key(0, key, 2));
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingDamagedWhenNoErrorIsAllowed(AesSize size) {
    String key = Schedules.randomKey(size, new Random(14));
    assertThat(find(Schedules.bytes(key), 0)).containsExactly(key(0, key, 0));
    assertThat(find(Schedules.damaged(key, 1, new Random(15)), 0)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void needsTheWholeSchedule(AesSize size) {
    byte[] bytes = Schedules.bytes(Schedules.randomKey(size, new Random(16)));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(new SyntheticMemory(cut, 0).whole(newAnalyzer())).isEmpty();
  }

  @Test
  void findsNoShiftedScheduleInOneThatGoesOn() {
    byte[] endless = HostileSchedules.endless(AesSize.AES_128, 64 * 1024);
    assertThat(find(endless, 13))
        .hasSize((64 * 1024 - 176) / 160 + 1)
        .allMatch(finding -> finding.address() % 160 == 0);
  }

  private static List<Found> find(byte[] bytes, int maxBitErrors) {
    var options =
        new AnalyzerOptions("aes-keys", Map.of("max-bit-errors", Integer.toString(maxBitErrors)));
    try (Analyzer analyzer = new AesKeysAnalyzer(options)) {
      return List.copyOf(new SyntheticMemory(bytes, 0).whole(analyzer));
    }
  }

  private static Found key(int at, String key, int errors) {
    return key(at, key, errors, Map.of());
  }

  private static Found key(int at, String key, int errors, Map<String, String> more) {
    AesSize size = Schedules.size(key);
    Map<String, String> attributes = new HashMap<>(more);
    attributes.put("bits", Integer.toString(size.bits()));
    attributes.put("bit-errors", Integer.toString(errors));
    return new Found("aes-key", at, size.scheduleBytes(), key, Encoding.BINARY, attributes);
  }
}
