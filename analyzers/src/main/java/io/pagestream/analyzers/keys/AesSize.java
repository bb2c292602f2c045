package io.pagestream.analyzers.keys;

/**
 * Sizes of AES keys (FIPS 197, figure 4 and section 5.2), with the layout of their schedules in
 * memory: {@code scheduleWords} words of four bytes, the key first.
 *
 * <p>Relations between the words W[i] of a schedule, for {@code i >= keyWords}:
 *
 * <ul>
 *   <li>plain: W[i] = W[i - keyWords] ^ W[i - 1]
 *   <li>with S-box: the same with W[i - 1] substituted (and, at each multiple of {@code keyWords},
 *       rotated first and the round constant added)
 * </ul>
 *
 * Those with S-box are at multiples of {@code keyWords}, and for 256 bits also half-way between.
 * Plain relations therefore form stretches of three words or more, the first at W[keyWords + 1],
 * and the others {@code stretchBytes} apart.
 */
enum AesSize {
  AES_128(4, 44, 16, 10),
  AES_192(6, 52, 24, 8),
  AES_256(8, 60, 16, 13);

  /** Words of the key, Nk. */
  final int keyWords;

  /** Words of the schedule, 4 * (Nr + 1). */
  final int scheduleWords;

  /** Distance between the stretches of plain relations, in bytes. */
  final int stretchBytes;

  /** Number of stretches of plain relations. */
  final int stretches;

  AesSize(int keyWords, int scheduleWords, int stretchBytes, int stretches) {
    this.keyWords = keyWords;
    this.scheduleWords = scheduleWords;
    this.stretchBytes = stretchBytes;
    this.stretches = stretches;
  }

  /** Bits of the key. */
  int bits() {
    return 32 * keyWords;
  }

  /** Bytes of the schedule. */
  int scheduleBytes() {
    return 4 * scheduleWords;
  }

  /** Whether the relation for W[i] is plain. */
  boolean isPlain(int i) {
    return i % keyWords != 0 && !(keyWords == 8 && i % 8 == 4);
  }
}
