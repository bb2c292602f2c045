package io.pagestream.exports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class StackTest {
  @Test
  void partsHaveTheirShares() {
    assertThat(Stack.heights(new long[] {50, 25, 25}, 100, 24)).containsExactly(12, 6, 6);
    assertThat(Stack.heights(new long[] {50, 0, 0}, 100, 24)).containsExactly(12, 0, 0);
    assertThat(Stack.heights(new long[] {99_999, 1}, 100_000, 24)).containsExactly(22, 2);
    assertThat(Stack.heights(new long[] {0, 0}, 100, 24)).containsExactly(0, 0);
  }

  @Property
  void nothingIsHiddenAndNothingGrowsOutOfItsBand(@ForAll long seed) {
    Random random = new Random(seed);
    long[] pages = new long[1 + random.nextInt(9)];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = random.nextBoolean() ? 0 : random.nextLong(1, 1L << random.nextInt(1, 40));
    }
    int[] heights = Stack.heights(pages, random.nextLong(1, 1L << 40), 24);
    assertThat(Arrays.stream(heights).sum()).isLessThanOrEqualTo(24);
    for (int i = 0; i < pages.length; i++) {
      assertThat(heights[i] > 0).as("part %d", i).isEqualTo(pages[i] > 0);
    }
  }
}
