package io.pagestream.analyzers.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of a gzip member is kept whose pages are not all its own. */
final class GzipContentTest {
  private static final int PAGE = 4096;
  private static final int DATA = 10 + "mail.log".length() + 1;
  private static final byte[] LOG = log();
  private static final byte[] MEMBER = FileSamples.gzip(LOG, "mail.log");

  private static byte[] log() {
    StringBuilder lines = new StringBuilder();
    Random random = new Random(13);
    for (int n = 0; n < 4000; n++) {
      lines
          .append("line ")
          .append(n)
          .append(" user")
          .append(random.nextInt(10_000))
          .append("@example.org\n");
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aWholeMemberIsKept() {
    try (GzipContent content = new GzipContent()) {
      decode(content, MEMBER, 0);
      assertThat(content.isCut()).isFalse();
      assertThat(Arrays.copyOf(content.bytes(), content.length())).isEqualTo(LOG);
    }
  }

  /** Wherever the first wrong page is, what is kept is the member's own text, to that page. */
  @Test
  void thePagesBeforeAWrongOneAreKept() {
    byte[] other =
        "struct task { int state; void *stack; };\n"
            .repeat(100)
            .getBytes(StandardCharsets.US_ASCII);
    try (GzipContent content = new GzipContent()) {
      int before = 0;
      for (int wrong = 1; wrong < MEMBER.length / PAGE; wrong++) {
        byte[] memory = MEMBER.clone();
        System.arraycopy(other, 0, memory, wrong * PAGE, PAGE);
        decode(content, memory, 0);
        assertThat(content.isCut()).isTrue();
        assertThat(content.length()).as("wrong page %d", wrong).isGreaterThanOrEqualTo(before);
        assertThat(Arrays.copyOf(content.bytes(), content.length()))
            .isEqualTo(Arrays.copyOf(LOG, content.length()));
        before = content.length();
      }
      assertThat(before).isGreaterThan(LOG.length / 2);
    }
  }

  @Test
  void zerosInPlaceOfAPageEndIt() {
    byte[] memory = MEMBER.clone();
    Arrays.fill(memory, 2 * PAGE, 3 * PAGE, (byte) 0);
    try (GzipContent content = new GzipContent()) {
      decode(content, memory, 0);
      assertThat(content.length()).isGreaterThan(2 * PAGE);
      assertThat(Arrays.copyOf(content.bytes(), content.length()))
          .isEqualTo(Arrays.copyOf(LOG, content.length()));
    }
  }

  private static void decode(GzipContent content, byte[] memory, int start) {
    HeaderBytes header = new HeaderBytes();
    header.show(memory, start, memory.length, start + PAGE);
    content.decode(header, DATA);
  }
}
