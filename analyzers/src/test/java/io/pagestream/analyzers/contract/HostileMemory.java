package io.pagestream.analyzers.contract;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Memory that is designed to make an analyzer fail, report wrong findings or take long. */
final class HostileMemory {
  private static final int[] PERIODS = {2, 3, 4, 5, 8, 12, 16, 20, 24, 32, 48, 64, 240, 4096};

  private HostileMemory() {}

  /** Memory without an artifact of any kind, by description. */
  static Map<String, byte[]> meaningless(int size, Random random) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (int value : new int[] {0x00, 0xff, 0x01, 0x55, 0xaa, 0x80, 0x20, 'A', '0'}) {
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) value);
      all.put("constant 0x%02x".formatted(value), bytes);
    }
    for (int width : new int[] {1, 2, 4, 8}) {
      all.put("counter of %d bytes".formatted(width), counter(size, width));
    }
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    all.put("random", noise);
    return all;
  }

  /** Memory made of random data and pieces of the samples; it may contain artifacts. */
  static Map<String, byte[]> misleading(int size, List<Sample> samples, Random random) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (int period : PERIODS) {
      byte[] piece = new byte[period];
      random.nextBytes(piece);
      all.put("random with period %d".formatted(period), repeat(piece, period, size));
    }
    for (Sample sample : samples) {
      for (int length = 1; length < sample.bytes().length * 2; length *= 2) {
        int shown = Math.min(length, sample.bytes().length);
        all.put(
            "first %d bytes of '%s' over and over".formatted(shown, sample),
            repeat(sample.bytes(), shown, size));
      }
      all.put("'%s' damaged".formatted(sample), damaged(sample.bytes(), size, random));
    }
    return all;
  }

  private static byte[] counter(int size, int width) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ((i / width) >>> (8 * (i % width)));
    }
    return bytes;
  }

  private static byte[] repeat(byte[] piece, int length, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = piece[i % length];
    }
    return bytes;
  }

  /** Copies of the sample, each with a few bytes changed or with a flipped bit. */
  private static byte[] damaged(byte[] sample, int size, Random random) {
    byte[] bytes = repeat(sample, sample.length, size);
    for (int start = 0; start < size; start += sample.length) {
      int end = Math.min(size, start + sample.length);
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        int at = random.nextInt(start, end);
        bytes[at] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) (bytes[at] ^ (1 << random.nextInt(8)));
      }
    }
    return bytes;
  }
}
