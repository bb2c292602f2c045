package io.pagestream.exports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextMapTest {
  private static final List<AddressRange> RANGES =
      List.of(
          range(0, 16, RangeKind.RAM),
          range(16, 4, RangeKind.DEVICE),
          range(1 << 20, 8, RangeKind.FRAME_BUFFER));

  @Test
  void aRangeIsARowOfBlocksAndAHoleIsAWave() {
    assertThat(TextMap.lines(RANGES, 60, true))
        .containsExactly(
            "  address   0x0                     0x100000000",
            "  ranges    ████████████████◆◆◆◆ ≈≈ ▣▣▣▣▣▣▣▣",
            "            █ RAM   ▣ frame buffer   ◆ device   ≈ hole   one character: 4.0 KiB");
  }

  @Test
  void withoutUnicodeItIsPlainAscii() {
    List<String> lines = TextMap.lines(RANGES, 60, false);
    assertThat(lines.get(1)).isEqualTo("  ranges    ################dddd ~~ vvvvvvvv");
    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
  }

  @Test
  void noLineOfTheMapIsWiderThanTheTerminal() {
    for (int width = 30; width < 200; width += 7) {

      assertThat(TextMap.lines(RANGES, width, true).get(1).length()).isLessThanOrEqualTo(width);
    }
  }

  private static AddressRange range(long firstPage, long pages, RangeKind kind) {
    AddressRange range = new AddressRange();
    range.setPhysicalAddress(firstPage * 4096);
    range.setPageCount(pages);
    range.setKind(kind);
    return range;
  }
}
