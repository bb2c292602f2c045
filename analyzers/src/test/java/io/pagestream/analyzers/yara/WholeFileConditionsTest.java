package io.pagestream.analyzers.yara;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rules examine a whole file, from their text. */
final class WholeFileConditionsTest {
  private static List<String> in(String... lines) {
    return WholeFileConditions.in(String.join("\n", lines));
  }

  @Test
  void wordsOfTheConditionCount() {
    assertThat(
            in(
                "import \"pe\"",
                "rule Size { strings: $a = \"x\" condition: $a and filesize < 200KB }",
                "rule Plain { strings: $a = \"x\" condition: $a and uint16(0) == 0x5a4d }",
                "private rule Imports : tag { condition: pe.imports(\"a.dll\") }",
                "rule Entry { strings: $a = { 90 90 } condition: $a at entrypoint }",
                "rule Hash { condition: hash.md5(0, 10) == \"x\" }"))
        .containsExactly("Size", "Imports", "Entry", "Hash");
  }

  @Test
  void wordsElsewhereDoNot() {
    assertThat(
            in(
                "// rule Comment { condition: filesize > 1 }",
                "/* rule Comment2 { condition: filesize",
                " > 1 } */",
                "rule filesizes { meta: filesize = 7 strings: $pe = \"filesize\"",
                " $r = /entrypoint \\/ \"/ $s = \"\\\"filesize\" condition: all of them }",
                "rule Divides { condition: uint16(0) / 2 == 7 }"))
        .isEmpty();
  }

  @Test
  void aRegularExpressionWithAQuoteHidesNothing() {
    assertThat(
            in(
                "rule A { strings: $a = /say \"/ condition: $a }",
                "rule B { condition: filesize == 1 }"))
        .containsExactly("B");
  }
}
