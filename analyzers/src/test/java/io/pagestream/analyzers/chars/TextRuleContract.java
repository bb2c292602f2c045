package io.pagestream.analyzers.chars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One rule of the text analyzer, tried on texts that contain a value and on texts that do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TextRuleContract {
  /** Not the end of a line as {@code String.lines} has it: a text may end with a return. */
  private static final Pattern LINE_END = Pattern.compile("\n");

  private final String analyzer;
  private final String kind;
  private final List<String> withValue;
  private final List<String> withoutValue;

  /**
   * Texts of a test, one on each line.
   *
   * @param analyzer name of the analyzer
   * @param kind the kind of the rule's findings
   * @param withValue texts in which the rule finds the value between '«' and '»'
   * @param withoutValue texts in which the rule finds nothing
   */
  protected TextRuleContract(String analyzer, String kind, String withValue, String withoutValue) {
    this.analyzer = analyzer;
    this.kind = kind;
    this.withValue = LINE_END.splitAsStream(withValue).toList();
    this.withoutValue = LINE_END.splitAsStream(withoutValue).toList();
  }

  List<String> withValue() {
    return withValue;
  }

  List<String> withoutValue() {
    return withoutValue;
  }

  @ParameterizedTest
  @MethodSource("withValue")
  void finds(String text) {
    String value = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    assertThat(Values.in(analyzer, text.replace("«", "").replace("»", ""), kind)).contains(value);
  }

  @ParameterizedTest
  @MethodSource("withoutValue")
  void findsNothingIn(String text) {
    assertThat(Values.in(analyzer, text, kind)).isEmpty();
  }
}
