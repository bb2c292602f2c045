package io.pagestream.images.memorytype;

import static io.pagestream.schemas.avro.CacheType.UNCACHED;
import static io.pagestream.schemas.avro.CacheType.UNCACHED_MINUS;
import static io.pagestream.schemas.avro.CacheType.UNKNOWN;
import static io.pagestream.schemas.avro.CacheType.WRITE_BACK;
import static io.pagestream.schemas.avro.CacheType.WRITE_COMBINING;
import static io.pagestream.schemas.avro.CacheType.WRITE_PROTECTED;
import static io.pagestream.schemas.avro.CacheType.WRITE_THROUGH;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PatLayoutTest {
  @Test
  void resetValue() {
    assertThat(PatLayout.of(PatLayout.RESET).entries())
        .containsExactly(
            WRITE_BACK,
            WRITE_THROUGH,
            UNCACHED_MINUS,
            UNCACHED,
            WRITE_BACK,
            WRITE_THROUGH,
            UNCACHED_MINUS,
            UNCACHED);
    assertThat(PatLayout.of(PatLayout.RESET).offers(WRITE_COMBINING)).isFalse();
  }

  /** As in the guests' own dmesg: {@code WB WC UC- UC WB WP UC- WT}. */
  @Test
  void linuxValue() {
    assertThat(PatLayout.of(PatLayout.LINUX).entries())
        .containsExactly(
            WRITE_BACK,
            WRITE_COMBINING,
            UNCACHED_MINUS,
            UNCACHED,
            WRITE_BACK,
            WRITE_PROTECTED,
            UNCACHED_MINUS,
            WRITE_THROUGH);
  }

  @Test
  void theIndexIsMadeOfThreeBits() {
    PatLayout linux = PatLayout.of(PatLayout.LINUX);
    assertThat(linux.typeOf(false, false, false)).isEqualTo(WRITE_BACK);
    assertThat(linux.typeOf(false, false, true)).isEqualTo(WRITE_COMBINING);
    assertThat(linux.typeOf(false, true, false)).isEqualTo(UNCACHED_MINUS);
    assertThat(linux.typeOf(false, true, true)).isEqualTo(UNCACHED);
    assertThat(linux.typeOf(true, false, true)).isEqualTo(WRITE_PROTECTED);
    assertThat(linux.typeOf(true, true, true)).isEqualTo(WRITE_THROUGH);
  }

  @Test
  void reservedCodesAreUnknown() {
    assertThat(PatLayout.of(0xff_08_03_02_00_00_00_00L).entries())
        .containsExactly(
            UNCACHED, UNCACHED, UNCACHED, UNCACHED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
  }
}
