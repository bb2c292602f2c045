package io.pagestream.analyzers.keys;

import java.util.Random;

/** Memory that passes the filter everywhere. */
final class HostileSchedules {
  private HostileSchedules() {}

  /** Plain relations hold at every word, so that the filter passes all of it. */
  static byte[] plainEverywhere(AesSize size, int bytes) {
    int[] words = start(size, bytes);
    for (int i = size.keyWords; i < words.length; i++) {
      words[i] = words[i - size.keyWords] ^ words[i - 1];
    }
    return Schedules.bytes(words);
  }

  /** A schedule that goes on with more and more rounds, its round constants starting again. */
  static byte[] endless(AesSize size, int bytes) {
    int[] words = start(size, bytes);
    int period = size.scheduleWords - size.scheduleWords % size.keyWords;
    for (int i = size.keyWords; i < words.length; i++) {
      int round = size.keyWords + (i - size.keyWords) % (period - size.keyWords);
      words[i] = words[i - size.keyWords] ^ KeyExpansion.step(size, round, words[i - 1]);
    }
    return Schedules.bytes(words);
  }

  private static int[] start(AesSize size, int bytes) {
    int[] words = new int[bytes / 4];
    Random random = new Random(17);
    for (int i = 0; i < size.keyWords; i++) {
      words[i] = random.nextInt();
    }
    return words;
  }
}
