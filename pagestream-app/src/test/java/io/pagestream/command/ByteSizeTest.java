package io.pagestream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.PagestreamException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    "67108864, 67108864",
    "64m, 67108864",
    "64 MiB, 67108864",
    "1g, 1073741824",
    "1.5G, 1610612736",
    "2tb, 2199023255552",
    "65536k, 67108864"
  })
  void unitsArePowersOf1024(String text, long bytes) {
    assertThat(ByteSize.parse("--disk-budget", text, 64 * MIB)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1g", "1e9", "1,5g", "63m", "999999999999999t", "1 2 g"})
  void whatIsNoSizeIsAUsageError(String text) {
    assertThatThrownBy(() -> ByteSize.parse("--disk-budget", text, 64 * MIB))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("--disk-budget '" + text + "'");
  }
}
