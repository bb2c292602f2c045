package io.pagestream.images.format.aff4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements in Turtle, and what is not. */
final class TurtleTest {
  private static final String TEXT =
      """
      @prefix : <aff4://v> .
      @prefix aff4: <http://aff4.org/Schema#> .
      # a comment
      <aff4://a> a aff4:Map , aff4:Image ; # another
          aff4:size "42"^^xsd:long ;
          aff4:note '''two
      lines''' , "a; \\"b\\" ."@en ;
          aff4:target <aff4://b> .
      : aff4:contains <aff4://a>, <aff4://b> .
      """;

  @Test
  void statementsAreRead() {
    Turtle turtle = Turtle.parse(TEXT);
    assertThat(turtle.subjects()).containsExactly("aff4://a", "aff4://v");
    assertThat(turtle.is("aff4://a", "Map")).isTrue();
    assertThat(turtle.is("aff4://a", "Image")).isTrue();
    assertThat(turtle.first("aff4://a", "length", "size")).hasValue("42");
    assertThat(turtle.objects("aff4://a", "note")).containsExactly("two\nlines", "a; \"b\" .");
    assertThat(turtle.objects("aff4://v", "contains")).containsExactly("aff4://a", "aff4://b");
  }

  @Test
  void anyTextIsSurvived() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(TEXT);
      for (int i = 0; i < 4; i++) {
        text.setCharAt(random.nextInt(text.length()), "<>\"'.;,:@#a ".charAt(random.nextInt(12)));
      }
      text.setLength(random.nextInt(text.length()));
      assertThat(Turtle.parse(text.toString()).subjects()).hasSizeLessThan(20);
    }
  }
}
