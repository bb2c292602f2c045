package io.pagestream.analyzers.keys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Objects that contain both schedules of an AES-XTS key (IEEE 1619) at a fixed distance. */
enum XtsLayout {
  /**
   * Linux on x86, {@code struct aesni_xts_ctx} (arch/x86/crypto/aesni-intel_glue.c): two {@code
   * struct crypto_aes_ctx} of 484 bytes, each aligned to 16, the tweak's first.
   */
  LINUX_AESNI("linux-aesni", 496, false),

  /**
   * Linux on Arm, {@code struct crypto_aes_xts_ctx} (arch/arm64/crypto/aes-glue.c): two {@code
   * struct crypto_aes_ctx}, the second aligned to 8, the data key's first.
   */
  LINUX_ARM("linux-arm", 488, true),

  /**
   * OpenSSL and its descendants, {@code ks1} and {@code ks2} of {@code PROV_AES_XTS_CTX} and {@code
   * EVP_AES_XTS_CTX}: two {@code AES_KEY} of 244 bytes in unions aligned to 8, the data key's
   * first.
   */
  OPENSSL("openssl", 248, true);

  /**
   * Offset of {@code key_length} in {@code struct crypto_aes_ctx}, after two arrays of 60 words.
   */
  static final int KEY_LENGTH_OFFSET = 480;

  /** Offset of {@code rounds} in {@code AES_KEY}, after an array of 60 words. */
  private static final int ROUNDS_OFFSET = 240;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The word used in findings. */
  final String word;

  /** Bytes from the start of the first schedule to that of the second. */
  final int distance;

  /** Whether the first schedule is that of the data key. */
  final boolean dataKeyFirst;

  XtsLayout(String word, int distance, boolean dataKeyFirst) {
    this.word = word;
    this.distance = distance;
    this.dataKeyFirst = dataKeyFirst;
  }

  /** Bytes of the object from its first schedule on. */
  int bytes() {
    return distance + (this == OPENSSL ? ROUNDS_OFFSET : KEY_LENGTH_OFFSET) + Integer.BYTES;
  }

  /**
   * Whether the numbers after both schedules are those of keys of this size.
   *
   * @param start offset of the first schedule; {@link #bytes()} are visible from it on
   */
  boolean hasFieldsOf(AesSize size, MemorySegment bytes, int start) {
    if (this == OPENSSL) {
      int rounds = bytes.get(INT, start + ROUNDS_OFFSET);
      int standard = size.scheduleWords / 4 - 1;
      // The code for AES-NI stores one round less.
      return (rounds == standard || rounds == standard - 1)
          && bytes.get(INT, start + distance + ROUNDS_OFFSET) == rounds;
    }
    return isKernelContext(size, bytes, start) && isKernelContext(size, bytes, start + distance);
  }

  /** Whether {@code key_length} of a {@code struct crypto_aes_ctx} is the size's. */
  static boolean isKernelContext(AesSize size, MemorySegment bytes, int start) {
    return bytes.get(INT, start + KEY_LENGTH_OFFSET) == 4 * size.keyWords;
  }
}
