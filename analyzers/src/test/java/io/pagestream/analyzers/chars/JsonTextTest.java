package io.pagestream.analyzers.chars;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":1}",
        "{ \"a\" : [ 1 , -2.5e+3 , true , false , null ] }",
        "[{\"a\":{\"b\":[[]]}},\"c\\\"\\u00e9\"]"
      })
  void findsTheEnd(String json) {
    assertThat(end(json + "x")).isEqualTo(json.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "\"a\"",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "[1,]",
        "[1 2]",
        "{\"a\":1,}",
        "[\"a",
        "[\"\\x\"]",
        "[1}",
        "[truE]",
        "[-]"
      })
  void refusesWhatIsNotValid(String json) {
    assertThat(end(json)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 1000})
  void limitsTheDepth(int depth) {
    assertThat(end("[".repeat(depth) + "]".repeat(depth))).isEqualTo(-1);
  }

  private static int end(String text) {
    CharView view = new CharView();
    view.over(MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)));
    view.anchor(0, Encoding.ASCII);
    return JsonText.end(view, 0, 4096);
  }
}
