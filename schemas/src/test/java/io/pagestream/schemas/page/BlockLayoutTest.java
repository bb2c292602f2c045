package io.pagestream.schemas.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlockLayoutTest {
  @Test
  void everyRunIsInTheBlockThatBeginsAtOrBeforeIt() {
    BlockLayout layout = new BlockLayout(4);
    for (long run = 0; run < 20; run++) {
      long block = layout.blockOf(run);
      assertThat(run)
          .isGreaterThanOrEqualTo(layout.firstRun(block))
          .isLessThan(layout.firstRun(block + 1));
    }
    assertThat(layout.firstRun(3)).isEqualTo(12);
  }

  @Test
  void theLastBlockMayBeShort() {
    BlockLayout layout = new BlockLayout(4);
    assertThat(layout.blockCount(0)).isZero();
    assertThat(layout.blockCount(1)).isEqualTo(1);
    assertThat(layout.blockCount(4)).isEqualTo(1);
    assertThat(layout.blockCount(5)).isEqualTo(2);
  }

  @Test
  void aBlockHasOneTo256Runs() {
    assertThat(new BlockLayout(1).runsPerBlock()).isEqualTo(1);
    assertThat(new BlockLayout(256).runsPerBlock()).isEqualTo(256);
    assertThatThrownBy(() -> new BlockLayout(0)).hasMessage("runsPerBlock 0");
    assertThatThrownBy(() -> new BlockLayout(257)).hasMessage("runsPerBlock 257");
  }

  @Test
  void blocksGrowWithTheImageUpToTheirBound() {
    assertThat(BlockLayout.forImage(0).runsPerBlock()).isEqualTo(1);
    assertThat(BlockLayout.forImage(3 * 2048).runsPerBlock()).isEqualTo(3);
    assertThat(BlockLayout.forImage(1L << 40).runsPerBlock()).isEqualTo(256);
  }
}
