package io.pagestream.findings.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.producer.image.PhysicalExtent;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextMapTest {
  private static final List<PhysicalExtent> EXTENTS =
      List.of(
          extent(0, 16, RangeKind.RAM),
          extent(16, 4, RangeKind.DEVICE),
          extent(1 << 20, 8, RangeKind.FRAME_BUFFER));

  @Test
  void aRangeIsARowOfBlocksAndAHoleIsAWave() {
    assertThat(TextMap.lines(EXTENTS, 60, true))
        .containsExactly(
            "  address   0x0                     0x100000000",
            "  ranges    ████████████████◆◆◆◆ ≈≈ ▣▣▣▣▣▣▣▣",
            "            █ RAM   ▣ frame buffer   ◆ device   ≈ hole   one character: 4.0 KiB");
  }

  @Test
  void withoutUnicodeItIsPlainAscii() {
    List<String> lines = TextMap.lines(EXTENTS, 60, false);
    assertThat(lines.get(1)).isEqualTo("  ranges    ################dddd ~~ vvvvvvvv");
    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
  }

  @Test
  void noLineOfTheMapIsWiderThanTheTerminal() {
    for (int width = 30; width < 200; width += 7) {

      assertThat(TextMap.lines(EXTENTS, width, true).get(1).length()).isLessThanOrEqualTo(width);
    }
  }

  private static PhysicalExtent extent(long firstPage, long pages, RangeKind kind) {
    return new PhysicalExtent(firstPage * 4096, pages, kind, RangeProvenance.CONTAINER, "");
  }
}
