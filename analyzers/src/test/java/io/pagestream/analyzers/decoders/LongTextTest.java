package io.pagestream.analyzers.decoders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Base64 text that is longer than the look-ahead, or crosses the edges of pages and windows. */
final class LongTextTest {
  private static final long BASE = 0x7000;
  private static final String ADDRESS = "ann.lee@example.org ";

  @Test
  void longTextIsDecodedInPieces() {
    for (String text : List.of(lines(400), oneLine(160_000))) {
      byte[] memory = Arrays.copyOf((text + "\n.").getBytes(ISO_8859_1), text.length() + 600);
      Set<Found> whole = cut(memory, memory.length);
      assertThat(whole).hasSizeGreaterThan(text.length() / Base64Block.PIECE);
      long found = whole.stream().mapToLong(one -> one.value().length()).sum();
      assertThat(found).isGreaterThan(Base64.getMimeDecoder().decode(text).length - 200);
      assertThat(whole).allMatch(one -> one.value().contains("@example.org"));
      assertThat(cut(memory, Pages.SIZE)).isEqualTo(whole);
      assertThat(cut(memory, 7 * Pages.SIZE)).isEqualTo(whole);
    }
  }

  /** The previous page ends with a word, so the characters are out of step. */
  @Test
  void textThatBeginsWithAPageIsFound() {
    byte[] memory = new byte[2 * Pages.SIZE];
    String encoded = Base64.getEncoder().encodeToString(ADDRESS.repeat(4).getBytes(ISO_8859_1));
    byte[] text = (" unrelated" + encoded + "\n").getBytes(ISO_8859_1);
    System.arraycopy(text, 0, memory, Pages.SIZE - 10, text.length);
    Set<Found> found = cut(memory, memory.length);
    assertThat(found)
        .containsExactly(Found.decoded(BASE + Pages.SIZE, "BASE64", ADDRESS.repeat(4), false));
    assertThat(cut(memory, Pages.SIZE)).isEqualTo(found);
  }

  /** Every mixture of runs, lines and other text is the same however it is cut. */
  @Test
  void mixturesDoNotDependOnTheCut() {
    Random random = new Random(20_260_101);
    for (int n = 0; n < 20; n++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 5 * Pages.SIZE) {
        text.append(piece(random));
      }
      byte[] memory = text.toString().getBytes(ISO_8859_1);
      Set<Found> whole = cut(memory, memory.length);
      assertThat(cut(memory, Pages.SIZE)).isEqualTo(whole);
      assertThat(cut(memory, 1 + random.nextInt(3000))).isEqualTo(whole);
    }
  }

  private static String piece(Random random) {
    byte[] content = new byte[random.nextInt(300)];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ADDRESS.charAt(random.nextInt(ADDRESS.length()));
    }
    Base64.Encoder mime = Base64.getMimeEncoder(4 * (6 + random.nextInt(28)), new byte[] {'\n'});
    return switch (random.nextInt(6)) {
      case 0 -> Base64.getEncoder().encodeToString(content);
      case 1 -> "\n" + mime.encodeToString(content) + "\n";
      case 2 -> mime.encodeToString(content);
      case 3 -> "word/" + "x".repeat(random.nextInt(40));
      case 4 -> "\r\n--";
      default -> wide(Base64.getEncoder().withoutPadding().encodeToString(content));
    };
  }

  private static String wide(String text) {
    return text.replaceAll("(?s)(.)", "$1\0");
  }

  private static String lines(int count) {
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < count * 10; i++) {
      content.append("line of ").append(i).append(' ').append(ADDRESS);
    }
    return Base64.getMimeEncoder(76, new byte[] {'\r', '\n'})
        .encodeToString(content.toString().getBytes(ISO_8859_1));
  }

  private static String oneLine(int length) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(ADDRESS.repeat(length / ADDRESS.length()).getBytes(ISO_8859_1));
  }

  private static Set<Found> cut(byte[] memory, int step) {
    try (DecodersAnalyzer analyzer = new DecodersAnalyzer(AnalyzerOptions.none("decoders"))) {
      return new SyntheticMemory(memory, BASE).cut(analyzer, step);
    }
  }
}
