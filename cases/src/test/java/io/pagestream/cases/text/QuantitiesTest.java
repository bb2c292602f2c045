package io.pagestream.cases.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QuantitiesTest {
  @Test
  void quantitiesReadAsPeopleWriteThem() {
    assertThat(Quantities.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Quantities.bytes(1023)).isEqualTo("1023 B");
    assertThat(Quantities.bytes(128L << 20)).isEqualTo("128.0 MiB");
    assertThat(Quantities.bytes(Long.MAX_VALUE)).isEqualTo("8192.0 PiB");
    assertThat(Quantities.rate(212e6)).isEqualTo("212 MB/s");
    assertThat(Quantities.rate(1.25e6)).isEqualTo("1.3 MB/s");
    assertThat(Quantities.clock(Duration.ofSeconds(42))).isEqualTo("0:42");
    assertThat(Quantities.clock(Duration.ofSeconds(3 * 3600 + 62))).isEqualTo("3:01:02");
    assertThat(Quantities.address(0x1f3a000)).isEqualTo("0x1f3a000");
  }
}
