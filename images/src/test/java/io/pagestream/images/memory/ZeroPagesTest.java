package io.pagestream.images.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ZeroPagesTest {
  @Test
  void oneByteAnywhereInAPageMakesItANonZeroPage() {
    byte[] bytes = new byte[3 * Pages.SIZE];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (1 << (at & 7));
      assertThat(ZeroPages.isZero(memory, Pages.SIZE))
          .as("byte %d", at)
          .isEqualTo(at < Pages.SIZE || at >= 2 * Pages.SIZE);
      bytes[at] = 0;
    }
  }
}
