package io.pagestream.analyzers.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * {@value Mutations#COPIES} mutations of samples, one after the other, as pieces of memory of about
 * {@value #PIECE} bytes. Short samples are mutated more often than long ones, and of long ones
 * often only the beginning is there, so that the amount of memory is bounded.
 */
final class MutatedMemory implements Iterable<byte[]> {
  private static final int PIECE = 64 * 1024;

  /** Length at which the frequency of a sample is halved. */
  private static final int HALF = 256;

  private static final int LONGEST = 1024;

  private final List<byte[]> samples;
  private final int alignment;
  private final Random random;

  MutatedMemory(List<Sample> samples, int alignment, Random random) {
    this.samples = samples.stream().map(Sample::bytes).toList();
    this.alignment = alignment;
    this.random = random;
  }

  @Override
  public Iterator<byte[]> iterator() {
    Mutations mutations = new Mutations(samples, random);
    List<byte[]> chosen = new ArrayList<>(Mutations.COPIES);
    double all = samples.stream().mapToDouble(MutatedMemory::weight).sum();
    for (byte[] sample : samples) {
      int copies = (int) Math.ceil(Mutations.COPIES * weight(sample) / all);
      for (int i = 0; i < copies; i++) {
        chosen.add(sample);
      }
    }
    return new Iterator<>() {
      private int done;

      @Override
      public boolean hasNext() {
        return done < chosen.size();
      }

      @Override
      public byte[] next() {
        byte[] piece = new byte[PIECE];
        int end = 0;
        while (hasNext()) {
          byte[] copy = mutations.next(beginning(chosen.get(done)));
          int start = aligned(end + random.nextInt(4));
          if (start + copy.length > piece.length) {
            if (end > 0) {
              break;
            }
            piece = new byte[start + copy.length];
          }
          System.arraycopy(copy, 0, piece, start, copy.length);
          end = start + copy.length;
          done++;
        }
        return Arrays.copyOf(piece, Math.max(2, end));
      }
    };
  }

  private int aligned(int offset) {
    return (offset + alignment - 1) & -alignment;
  }

  private static double weight(byte[] sample) {
    return 1.0 / (HALF + sample.length);
  }

  private byte[] beginning(byte[] sample) {
    return sample.length <= LONGEST || random.nextInt(4) == 0
        ? sample
        : Arrays.copyOf(sample, random.nextInt(LONGEST / 2, LONGEST));
  }
}
