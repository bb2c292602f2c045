package io.pagestream.analyzers.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which pages of a damaged stream are kept. */
final class SoundPagesTest {
  private static final int PAGE = 4096;
  private static final int IN_PAGE = 1000;

  private final SoundPages sound = new SoundPages();

  /**
   * 1,000 bytes in the page where it starts, and eight pages, distributed as compressed data is.
   */
  private final byte[] stream = new byte[IN_PAGE + 8 * PAGE];

  SoundPagesTest() {
    new Random(11).nextBytes(stream);
  }

  @Test
  void pagesBeforeTheErrorAreKept() {
    for (int page = 0; page < 8; page++) {
      int end = IN_PAGE + page * PAGE;
      assertThat(sound.length(stream, 0, IN_PAGE, end + 1)).isEqualTo(end);
      assertThat(sound.length(stream, 0, IN_PAGE, end + PAGE)).isEqualTo(end);
    }
  }

  @Test
  void pagesOfZerosTextAndStructuresEndIt() {
    byte[] zeros = new byte[PAGE];
    byte[] text =
        "The quick brown fox jumps over the lazy dog. "
            .repeat(100)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] structures = new byte[PAGE];
    new Random(12).nextBytes(structures);
    for (int i = 0; i < PAGE; i++) {
      structures[i] = i % 8 < 3 ? structures[i] : (byte) (i % 8 < 6 ? 0xff : 0);
    }
    for (byte[] other : new byte[][] {zeros, text, structures}) {
      byte[] memory = stream.clone();
      System.arraycopy(other, 0, memory, IN_PAGE + 2 * PAGE, PAGE);
      assertThat(sound.length(memory, 0, IN_PAGE, memory.length)).isEqualTo(IN_PAGE + 2 * PAGE);
    }
  }

  @Test
  void offsetsCountFromTheStream() {
    byte[] memory = new byte[700 + stream.length];
    System.arraycopy(stream, 0, memory, 700, stream.length);
    Arrays.fill(memory, 700 + IN_PAGE + PAGE, 700 + IN_PAGE + 2 * PAGE, (byte) 'x');
    assertThat(sound.length(memory, 700, IN_PAGE, stream.length)).isEqualTo(IN_PAGE + PAGE);
  }

  @Test
  void theFirstPageIsAlwaysKept() {
    assertThat(sound.length(stream, 0, IN_PAGE, 0)).isEqualTo(IN_PAGE);
    assertThat(sound.length(new byte[10], 0, 10, 10)).isEqualTo(10);
  }
}
