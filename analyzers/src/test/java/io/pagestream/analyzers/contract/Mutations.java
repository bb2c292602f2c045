package io.pagestream.analyzers.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damaged copies of samples, like those of hostile input: flipped bits, lengths and offsets with
 * extreme values, pieces of other samples, removed and repeated pieces, missing ends. The same seed
 * results in the same copies.
 */
public final class Mutations {
  /** Number of copies of which each analyzer and each decoder is tested. */
  public static final int COPIES = 10_000;

  /** Bytes in which most formats have their signature, version, lengths and offsets. */
  private static final int HEADER = 64;

  private static final int LONGEST_PIECE = 256;

  /** Values at which a length, an offset or a count changes its sign or its width. */
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x1_0000,
    0x7fff_ffff,
    0x8000_0000L,
    0xffff_fff0L,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final List<byte[]> samples;
  private final Random random;

  /**
   * @param samples what is damaged; each has a byte or more
   * @param random the seeded source of all choices
   */
  public Mutations(List<byte[]> samples, Random random) {
    this.samples = List.copyOf(samples);
    this.random = random;
  }

  /** The next copy: the sample with one to four changes. */
  public byte[] next(byte[] sample) {
    byte[] copy = sample.clone();
    for (int n = random.nextInt(1, 5); n > 0; n--) {
      copy = changed(copy);
    }
    return copy;
  }

  private byte[] changed(byte[] copy) {
    int at = offset(copy.length);
    return switch (random.nextInt(8)) {
      case 0 -> set(copy, at, copy[at] ^ (1 << random.nextInt(8)), 1);
      case 1 -> set(copy, at, random.nextLong(), 1 << random.nextInt(4));
      case 2, 3 -> set(copy, at, extreme(copy.length), 1 << random.nextInt(4));
      case 4 -> overwrite(copy, at, piece());
      case 5 -> insert(copy, at, Arrays.copyOfRange(copy, at, end(copy, at)));
      case 6 -> remove(copy, at, end(copy, at));
      default -> random.nextInt(3) > 0 ? copy : Arrays.copyOf(copy, Math.max(1, at));
    };
  }

  private int offset(int length) {
    return random.nextInt(random.nextBoolean() ? length : Math.min(HEADER, length));
  }

  private int end(byte[] bytes, int start) {
    return start + random.nextInt(1, Math.min(LONGEST_PIECE, bytes.length - start) + 1);
  }

  private long extreme(int length) {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    return random.nextInt(4) == 0 ? length + random.nextInt(-8, 9) : value;
  }

  /** A piece of any sample: structures of other kinds follow each other in memory. */
  private byte[] piece() {
    byte[] other = samples.get(random.nextInt(samples.size()));
    int start = random.nextInt(other.length);
    return Arrays.copyOfRange(other, start, end(other, start));
  }

  private byte[] set(byte[] bytes, int at, long value, int width) {
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * (bigEndian ? width - 1 - i : i)));
    }
    return bytes;
  }

  private static byte[] overwrite(byte[] bytes, int at, byte[] piece) {
    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
    return bytes;
  }

  private static byte[] insert(byte[] bytes, int at, byte[] piece) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + piece.length);
    System.arraycopy(bytes, at, longer, at + piece.length, bytes.length - at);
    return overwrite(longer, at, piece);
  }

  private static byte[] remove(byte[] bytes, int from, int to) {
    if (to - from == bytes.length) {
      return bytes;
    }
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }
}
