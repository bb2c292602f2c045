package io.pagestream.analyzers.keys;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

/** Key schedules for tests. */
final class Schedules {
  /** FIPS 197, appendix A.1. */
  static final String FIPS_128 = "2b7e151628aed2a6abf7158809cf4f3c";

  /** FIPS 197, appendix A.2. */
  static final String FIPS_192 = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";

  /** FIPS 197, appendix A.3. */
  static final String FIPS_256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";

  private Schedules() {}

  static AesSize size(String key) {
    return switch (key.length()) {
      case 32 -> AesSize.AES_128;
      case 48 -> AesSize.AES_192;
      default -> AesSize.AES_256;
    };
  }

  /** The schedule of a key in hex. */
  static int[] words(String key) {
    return words(size(key), key, size(key).scheduleWords);
  }

  private static int[] words(AesSize size, String key, int count) {
    int[] words = new int[count];
    ByteBuffer.wrap(HexFormat.of().parseHex(key)).asIntBuffer().get(words, 0, size.keyWords);
    for (int i = size.keyWords; i < count; i++) {
      words[i] = words[i - size.keyWords] ^ KeyExpansion.step(size, i, words[i - 1]);
    }
    return words;
  }

  /** The schedule as it lies in memory. */
  static byte[] bytes(String key) {
    return bytes(words(key));
  }

  static byte[] bytes(int[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length);
    bytes.asIntBuffer().put(words);
    return bytes.array();
  }

  /** The schedule of the equivalent inverse cipher, FIPS 197, section 5.3.5. */
  static int[] decryptionWords(String key) {
    int[] words = words(key);
    int[] inverse = new int[words.length];
    int last = words.length - 4;
    for (int i = 0; i < words.length; i++) {
      int round = i - i % 4;
      inverse[last - round + i % 4] =
          round == 0 || round == last ? words[i] : InverseCipher.inverseMixColumn(words[i]);
    }
    return inverse;
  }

  /** Words as numbers of a little-endian machine. */
  static byte[] reversedBytes(int[] words) {
    return bytes(IntStream.of(words).map(Integer::reverseBytes).toArray());
  }

  /** The schedule with {@code count} different bits flipped. */
  static byte[] damaged(String key, int count, Random random) {
    byte[] bytes = bytes(key);
    random
        .ints(0, 8 * bytes.length)
        .distinct()
        .limit(count)
        .forEach(bit -> bytes[bit / 8] ^= (byte) (1 << bit % 8));
    return bytes;
  }

  static String randomKey(AesSize size, Random random) {
    byte[] key = new byte[4 * size.keyWords];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
