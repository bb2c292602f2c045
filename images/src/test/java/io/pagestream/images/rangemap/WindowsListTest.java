package io.pagestream.images.rangemap;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list of Windows' memory ranges is complete: what it does not contain is not memory. */
final class WindowsListTest {
  private static final long LISTED = 0x10_0000;
  private static final long END = 0x20_0000;

  @Test
  void bytesOutsideOfTheListAreReserved() {
    for (RangeKind container : List.of(RangeKind.RAM, RangeKind.UNKNOWN)) {
      PhysicalMap map = map(container, list(LISTED, END));
      assertThat(lines(map))
          .containsExactly(
              "0x0 firmware-reserved windows-ranges not in the list",
              "0x100000 ram windows-ranges ",
              "0x200000 firmware-reserved windows-ranges not in the list");
      assertThat(map.warnings()).hasSize(container == RangeKind.RAM ? 2 : 0);
    }
  }

  @Test
  void aContainersMemoryOutsideOfTheListIsAContradiction() {
    assertThat(map(RangeKind.RAM, list(LISTED, END)).warnings().getFirst())
        .isEqualTo(
            "0x0 - 0xfffff (256 pages): container says ram (image), windows-ranges does not list"
                + " it");
  }

  @Test
  void aMoreTrustedSourceDecidesAndALessTrustedOneMayBeMorePrecise() {
    RangeSource iomem =
        new RangeSource(SideFileKind.IOMEM, "m.iomem", List.of(claim(0, 0x1000, RangeKind.RAM)));
    RangeSource e820 =
        new RangeSource(
            SideFileKind.E820,
            "m.e820",
            List.of(claim(0x1000, 0x2000, RangeKind.ACPI), claim(0x2000, 0x3000, RangeKind.RAM)));
    PhysicalMap map = map(RangeKind.UNKNOWN, iomem, list(LISTED, END), e820);
    assertThat(lines(map))
        .startsWith(
            "0x0 ram iomem ",
            "0x1000 acpi e820 ",
            "0x2000 firmware-reserved windows-ranges not in the list");
    assertThat(map.warnings())
        .containsExactly(
            "0x2000 - 0x2fff (1 pages): e820 says ram, windows-ranges does not list it");
  }

  private static List<String> lines(PhysicalMap map) {
    return map.ranges().stream()
        .map(range ->
            "0x%x %s %s %s"
                .formatted(
                    range.getPhysicalAddress(),
                    Kinds.word(range.getKind()),
                    range.getSource(),
                    range.getName()))
        .toList();
  }

  private static RangeSource list(long start, long end) {
    return new RangeSource(
        SideFileKind.WINDOWS_RANGES, "m.windows-ranges", List.of(claim(start, end, RangeKind.RAM)));
  }

  private static Claim claim(long start, long end, RangeKind kind) {
    return new Claim(start, end, 0, kind, "", CacheType.UNKNOWN);
  }

  private static PhysicalMap map(RangeKind container, RangeSource... sources) {
    return PhysicalMaps.of(
        List.of(
            new PhysicalExtent(
                0,
                0x300,
                container,
                container == RangeKind.RAM ? RangeProvenance.CONTAINER : RangeProvenance.DEFAULT,
                "image")),
        new SideFacts(List.of(sources), CacheFacts.NONE, List.of(), List.of()));
  }
}
