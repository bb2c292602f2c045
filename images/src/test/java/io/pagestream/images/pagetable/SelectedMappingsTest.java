package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mappings of selected pages, and translation of virtual addresses, compared with QEMU's listing of
 * a real guest's translations ({@code info tlb}).
 */
final class SelectedMappingsTest {
  private static final int CASES = 100;

  /** A line of {@code info tlb}: virtual address, physical address, flags (QEMU, monitor.c). */
  private record Line(long virtual, long physical, String flags) {
    static Line of(String text) {
      String[] parts = text.split("[: ]+", -1);
      return new Line(
          Long.parseUnsignedLong(parts[0], 16), Long.parseUnsignedLong(parts[1], 16), parts[2]);
    }

    boolean large() {
      return flags.charAt(2) == 'P' && physical % (2 << 20) == 0 && virtual % (2 << 20) == 0;
    }

    /** PAT index 2 or 3 (PCD set) is UC- or UC for Linux. */
    boolean uncached() {
      return flags.charAt(5) == 'C';
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-q35-256", "qemu-la57-isolation-128"})
  void everyTranslationIsQemus(String name) {
    List<Line> lines = lines(name);
    Random random = random();
    try (OpenedImage image = TestTables.open(TestTables.FOLDER.resolve(name + "/tables.raw.gz"))) {
      for (int i = 0; i < CASES; i++) {
        Line line = lines.get(random.nextInt(lines.size()));
        long offset = random.nextInt(Pages.SIZE);
        assertThat(image.translate(cr3(name), line.virtual() + offset, 1))
            .as("%x", line.virtual())
            .containsExactly(new TranslatedPages(line.virtual(), line.physical(), 1));
      }
      // The zero page of user space is never mapped; the non-canonical gap cannot be.
      assertThat(image.translate(cr3(name), 0, 16)).containsExactly(new TranslatedPages(0, -1, 16));
      assertThat(image.translate(cr3(name), 1L << 60, 2)).allMatch(each -> !each.isMapped());
    }
  }

  @Test
  void aRangeIsTranslatedToTheSamePagesAsItsPagesAlone() {
    String name = "qemu-q35-256";
    List<Line> lines = lines(name);
    try (OpenedImage image = TestTables.open(TestTables.FOLDER.resolve(name + "/tables.raw.gz"))) {
      Random random = random();
      for (int i = 0; i < 4; i++) {
        long start = lines.get(random.nextInt(lines.size())).virtual() - Pages.address(3);
        List<Long> alone = new ArrayList<>();
        for (int page = 0; page < 700; page++) {
          alone.add(
              image
                  .translate(cr3(name), start + Pages.address(page), 1)
                  .getFirst()
                  .physicalAddress());
        }
        List<Long> together = new ArrayList<>();
        for (TranslatedPages piece : image.translate(cr3(name), start, 700)) {
          for (long page = 0; page < piece.pageCount(); page++) {
            together.add(piece.isMapped() ? piece.physicalAddress() + Pages.address(page) : -1);
          }
        }
        assertThat(together).isEqualTo(alone);
      }
    }
  }

  /** A raw image names no root; the user names CR3. Pages of devices are outside the image. */
  @Test
  void theMappingsOfDevicesAreQemus() {
    String name = "qemu-q35-256";
    List<Line> devices =
        lines(name).stream()
            .filter(line -> line.physical() >= 0xc000_0000L && !line.large())
            .toList();
    assertThat(devices).isNotEmpty();
    try (OpenedImage image = TestTables.open(TestTables.FOLDER.resolve(name + "/tables.raw.gz"))) {
      for (Line line : devices) {
        SelectedMappings mappings =
            image.mappingsOf(OptionalLong.of(cr3(name)), List.of(page(line.physical())));
        List<SelectedMappings.Piece> pieces =
            mappings.pieces(line.physical(), line.physical() + Pages.SIZE);
        assertThat(pieces).hasSize(1);
        assertThat(pieces.getFirst().span().getMappings()).isPositive();
        assertThat(mappings.establishing(line.physical())).isPresent();
        boolean cached = pieces.getFirst().span().getEstablished() == CacheType.WRITE_BACK;
        assertThat(cached && line.uncached()).isFalse();
      }
    }
  }

  @Test
  void withoutANamedRootNothingIsKnown() {
    try (OpenedImage image =
        TestTables.open(TestTables.FOLDER.resolve("qemu-q35-256/tables.raw.gz"))) {
      SelectedMappings mappings = image.mappingsOf(OptionalLong.empty(), List.of(page(0x1000)));
      assertThat(mappings.wereRead()).isFalse();
      assertThat(mappings.state()).contains("names no page-table root");
      assertThat(mappings.pieces(0x1000, 0x2000)).isEmpty();
    }
  }

  @Test
  void aRootOutsideTheImageIsAUsageError() {
    try (OpenedImage image =
        TestTables.open(TestTables.FOLDER.resolve("qemu-q35-256/tables.raw.gz"))) {
      assertThatThrownBy(() -> image.translate(0xf_0000_0000L, 0, 1))
          .isInstanceOf(PagestreamException.class)
          .hasMessageContaining("does not contain a page-table root at 0xf00000000");
    }
  }

  /** A call may cover the whole address space; only mapped areas take memory and time. */
  @Test
  void allOfMemoryIsAFewPieces() {
    FrameTable frames =
        new FrameTable(
            List.of(
                new PhysicalExtent(
                    0,
                    Pages.frameNumber(Pages.ADDRESS_LIMIT),
                    RangeKind.UNKNOWN,
                    RangeProvenance.UNKNOWN,
                    "")));
    frames.addMapping(0x5000, 3, TypeIndex.of(CacheType.WRITE_BACK), false);
    frames.addMapping(1L << 45, 512, TypeIndex.of(CacheType.UNCACHED), true);
    List<Long> ends = new ArrayList<>();
    for (long at = 0; at < Pages.ADDRESS_LIMIT; ) {
      at = frames.endOfEqual(at, Pages.ADDRESS_LIMIT);
      ends.add(at);
    }
    assertThat(ends)
        .containsExactly(0x5000L, 0x8000L, 1L << 45, (1L << 45) + (2L << 20), Pages.ADDRESS_LIMIT);
  }

  private static List<Line> lines(String name) {
    return TestTables.lines(TestTables.FOLDER.resolve(name + "/info-tlb.txt.gz")).stream()
        .map(Line::of)
        .toList();
  }

  private static long cr3(String name) {
    return TestTables.json(TestTables.FOLDER.resolve(name + "/facts.json"))
        .path("cr3")
        .path(0)
        .asLong();
  }

  private static PhysicalExtent page(long address) {
    return new PhysicalExtent(address, 1, RangeKind.UNKNOWN, RangeProvenance.UNKNOWN, "");
  }

  private static Random random() {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("SelectedMappingsTest: -Dpagetable.seed=" + seed);
    return new Random(seed);
  }
}
