package io.pagestream.images.format.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index of pages gives what was last set, in any order of pages. */
final class PageIndexTest {
  private static final int PAGES = 2000;

  @Test
  void anyOrderGivesTheLastValue() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      PageIndex index = new PageIndex(PAGES);
      Map<Long, Long> expected = new HashMap<>();
      for (int i = 0; i < 400; i++) {
        long from = random.nextInt(PAGES);
        long value = random.nextInt(1 << 20);
        long step = random.nextInt(4) * 4104L;
        int count = random.nextInt(random.nextBoolean() ? 3 : 600);
        for (long page = from; page < Math.min(PAGES, from + count); page++) {
          index.set(page, value + (page - from) * step);
          expected.put(page, value + (page - from) * step);
        }
      }
      for (long page = 0; page < PAGES; page++) {
        assertThat(index.get(page))
            .as("seed %d, page %d", seed, page)
            .isEqualTo(expected.getOrDefault(page, PageIndex.NONE));
      }
    }
  }
}
