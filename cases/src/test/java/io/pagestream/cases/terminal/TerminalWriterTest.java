package io.pagestream.cases.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.text.HostileText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** No method prints characters that could affect a terminal. */
final class TerminalWriterTest {
  @Property(tries = 500)
  void aLineIsOneLineAndSafe(
      @ForAll @CharRange(from = 0, to = '\uFFFF') @StringLength(max = 40) String text) {
    Stream.<BiConsumer<TerminalWriter, String>>of(
            TerminalWriter::println,
            (out, given) -> out.println((Object) given),
            (out, given) -> out.println(given.toCharArray()),
            (out, given) -> out.printf("%s%n", given),
            (out, given) -> out.format("%-40s%n", given),
            (out, given) -> out.println(TerminalColor.NONE, given))
        .forEach(printing -> {
          String shown = shown(out -> printing.accept(out, text));
          assertThat(shown).endsWith("\n");
          assertThat(shown.substring(0, shown.length() - 1).chars())
              .noneMatch(c -> HostileText.isDangerous(c.intValue()));
          assertThat(HostileText.wellFormed(shown)).isEqualTo(shown);
        });
  }

  @Property(tries = 500)
  void printedTextKeepsLinesAndTabsOnly(
      @ForAll @CharRange(from = 0, to = '\uFFFF') @StringLength(max = 40) String text) {
    String shown = shown(out -> out.print(text));
    assertThat(shown.chars())
        .noneMatch(c -> c != '\n' && c != '\t' && HostileText.isDangerous(c.intValue()));
  }

  @Test
  void colorsAreOursAlone() {
    StringWriter shown = new StringWriter();
    TerminalWriter out = new TerminalWriter(shown, true);
    out.println(TerminalColor.RED, "a\u001b[32mb");
    out.styled(() -> out.print("\u001b[1mhelp\u001b[0m\u001b[2J"));
    out.print("\u001b[1m");
    out.flush();
    assertThat(shown)
        .hasToString(
            "\u001b[31ma\\u001b[32mb\u001b[0m\n\u001b[1mhelp\u001b[0m\\u001b[2J\\u001b[1m");
  }

  @Property(tries = 300)
  void theFilterOfRawStreamsLetsLinesPassHoweverBytesAreCut(
      @ForAll @CharRange(from = 0, to = '\uFFFF') @StringLength(max = 60) String text,
      @ForAll byte[] garbage)
      throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    TerminalFilter filter = new TerminalFilter(shown);
    filter.write(garbage);
    for (byte b : ("value,ä€😀\r\n" + text + "\n").getBytes(StandardCharsets.UTF_8)) {
      filter.write(b);
      filter.flush();
    }
    String out = shown.toString(StandardCharsets.UTF_8);
    assertThat(out).contains("value,ä€😀");
    assertThat(out.chars())
        .noneMatch(c -> c != '\n' && c != '\t' && HostileText.isDangerous(c.intValue()));
  }

  private static String shown(java.util.function.Consumer<TerminalWriter> printing) {
    StringWriter shown = new StringWriter();
    TerminalWriter out = new TerminalWriter(shown, false);
    printing.accept(out);
    out.flush();
    return shown.toString();
  }
}
