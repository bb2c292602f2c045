package io.pagestream.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(Spread.of(passes(30, 10, 1000), Pass::wallNanos))
        .isEqualTo(new Spread(30, 10, 1000));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Spread.of(passes(40, 10, 20, 1000), Pass::wallNanos).median()).isEqualTo(30);
  }

  @Test
  void showsOneFigureWithoutSpread() {
    assertThat(Spread.of(passes(7), Pass::wallNanos).cell(1)).isEqualTo("7.0");
    assertThat(Spread.of(passes(7, 9, 8), Pass::wallNanos).cell(0)).isEqualTo("8 (7–9)");
  }

  @Test
  void passesComeThroughAPipeAsTheyWere() {
    Pass pass = new Pass("broker: produce", 3, 2, 1);
    assertThat(Pass.isLine(pass.line())).isTrue();
    assertThat(Pass.parse(pass.line())).isEqualTo(pass);
    assertThat(Pass.isLine("passing by")).isFalse();
  }

  private static List<Pass> passes(long... nanos) {
    return LongStream.of(nanos).mapToObj(wall -> new Pass("case", wall, 0, 0)).toList();
  }
}
