package io.pagestream.exports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.exports.picture.MapPicture.Detail;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.codec.TrustedRecords;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Compares known maps with single pixels. */
final class MapPictureTest {
  private static final long GIB = 1L << 30;

  /** Tops of the bands on the first line, from ranges to findings. */
  private static final int[] TOPS = {122, 150, 178, 206, 234};

  static {
    TrustedRecords.trust();
  }

  @Test
  void eightyPagesAreSixteenPixelsEachAndEachBandHasItsColour() {
    MemoryMap<SpaceLayout> map = map(range(0, 40, RangeKind.RAM), range(40, 40, RangeKind.DEVICE));
    map.addSpan(span(0, 20, PageContent.BYTES, VerdictKind.MAPPED, CacheType.WRITE_BACK, false));
    map.addSpan(
        span(20, 20, PageContent.ZERO, VerdictKind.OVERRIDDEN, CacheType.WRITE_COMBINING, false));
    map.addSpan(span(40, 20, PageContent.EXCLUDED, VerdictKind.REFUSED, CacheType.UNCACHED, false));
    map.addSpan(
        span(60, 10, PageContent.UNREADABLE, VerdictKind.MAPPED, CacheType.WRITE_BACK, true));
    map.addFindings(5 * 4096, 1);
    PngCanvas canvas = MapPicture.png(map);

    assertColumn(canvas, 10, Ink.RAM, Ink.BYTES, Ink.WRITE_BACK, Ink.MAPPED);
    assertColumn(canvas, 30, Ink.RAM, Ink.ZERO, Ink.WRITE_COMBINING, Ink.OVERRIDDEN);
    assertColumn(canvas, 50, Ink.DEVICE, Ink.EXCLUDED, Ink.UNCACHED, Ink.REFUSED);
    assertColumn(canvas, 65, Ink.DEVICE, Ink.UNREADABLE, Ink.DISAGREEING, Ink.MAPPED);
    // Pages that no run carried are blank behind their range.
    assertThat(canvas.rgb(x(75), TOPS[0] + 12)).isEqualTo(Ink.DEVICE.rgb());
    assertThat(canvas.rgb(x(75), TOPS[1] + 12)).isEqualTo(MapPicture.HOLE);
    assertThat(canvas.rgb(x(5), TOPS[4] + 12)).isEqualTo(MapPicture.FINDINGS);
    assertThat(canvas.rgb(x(6), TOPS[4] + 12)).isEqualTo(MapPicture.HOLE);
  }

  @Test
  void oneRefusedPageAmongThousandsIsSeen() {
    MemoryMap<SpaceLayout> map = map(range(0, GIB / 4096, RangeKind.RAM));
    map.addSpan(span(0, 1000, PageContent.BYTES, VerdictKind.MAPPED, CacheType.WRITE_BACK, false));
    map.addSpan(span(1000, 1, PageContent.BYTES, VerdictKind.REFUSED, CacheType.WRITE_BACK, false));
    map.addSpan(
        span(
            1001,
            GIB / 4096 - 1001,
            PageContent.BYTES,
            VerdictKind.MAPPED,
            CacheType.WRITE_BACK,
            false));
    assertThat(map.layout().bytesPerColumn()).isEqualTo(128 * 1024);
    PngCanvas canvas = MapPicture.png(map);
    int x = MapPicture.PLOT_LEFT + 1000 / 32;
    assertThat(canvas.rgb(x, TOPS[3])).isEqualTo(Ink.REFUSED.rgb());
    assertThat(canvas.rgb(x, TOPS[3] + 1)).isEqualTo(Ink.REFUSED.rgb());
    assertThat(canvas.rgb(x, TOPS[3] + 2)).isEqualTo(Ink.MAPPED.rgb());
    assertThat(canvas.rgb(x - 1, TOPS[3])).isEqualTo(Ink.MAPPED.rgb());
    assertThat(canvas.rgb(x + 1, TOPS[3])).isEqualTo(Ink.MAPPED.rgb());
  }

  @Test
  void aHugeHoleIsABreakAndNotPixels() {
    MemoryMap<SpaceLayout> map =
        map(range(0, GIB / 4096, RangeKind.RAM), range(1L << 28, GIB / 4096, RangeKind.PERSISTENT));
    assertThat(map.layout().breaks()).hasSize(1);
    PngCanvas canvas = MapPicture.png(map);
    SpaceLayout.Break gap = map.layout().breaks().getFirst();
    int top = 122 + gap.line() * (30 + 28 + 26);
    int right = MapPicture.PLOT_LEFT + gap.x() + 112;
    assertThat(canvas.rgb(MapPicture.PLOT_LEFT + gap.x() - 1, top + 12)).isEqualTo(Ink.RAM.rgb());
    assertThat(canvas.rgb(MapPicture.PLOT_LEFT + gap.x() + 14, top)).isEqualTo(0xFFFFFF);
    assertThat(canvas.rgb(right, top + 12)).isEqualTo(Ink.PERSISTENT.rgb());
  }

  @Test
  void theFileIsAPngOfTheSamePixels() throws IOException {
    MemoryMap<SpaceLayout> map = map(range(0, 10, RangeKind.ACPI));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MapPicture.writePng(map, bytes);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    PngCanvas drawn = MapPicture.png(map);
    assertThat(read.getWidth()).isEqualTo(drawn.width());
    assertThat(read.getHeight()).isEqualTo(drawn.height());
    for (int y = 0; y < drawn.height(); y += 3) {
      for (int x = 0; x < drawn.width(); x += 3) {
        assertThat(read.getRGB(x, y) & 0xffffff).isEqualTo(drawn.rgb(x, y));
      }
    }
  }

  @Test
  void theSameMapIsTheSameFile() throws IOException {
    MemoryMap<SpaceLayout> map = map(range(0, 10, RangeKind.ACPI));
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    MapPicture.writePng(map, first);
    MapPicture.writePng(map, second);
    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
  }

  private static void assertColumn(PngCanvas canvas, int column, Ink... inks) {
    for (int band = 0; band < inks.length; band++) {
      for (int y : new int[] {0, 12, MapPicture.BAND_HEIGHT - 1}) {
        assertThat(canvas.rgb(x(column), TOPS[band] + y))
            .as("column %d, band %d, row %d", column, band, y)
            .isEqualTo(inks[band].rgb());
      }
    }
  }

  /** The middle of a column of the map with 80 pages. */
  private static int x(int column) {
    return MapPicture.PLOT_LEFT + column * 16 + 8;
  }

  private static MemoryMap<SpaceLayout> map(AddressRange... ranges) {
    MemoryMap<SpaceLayout> map =
        new MemoryMap<>("test", MapPicture.layout(List.of(ranges), Detail.FINE));
    List.of(ranges).forEach(map::addRange);
    return map;
  }

  private static AddressRange range(long firstPage, long pages, RangeKind kind) {
    return Objects.requireNonNull(
        AddressRange.newBuilder()
            .setPhysicalAddress(firstPage * 4096)
            .setPageCount(pages)
            .setKind(kind)
            .build());
  }

  private static PageSpan span(
      long firstPage,
      long pages,
      PageContent content,
      VerdictKind verdict,
      CacheType established,
      boolean disagreeing) {
    Mapping mapping =
        disagreeing
            ? new Mapping(
                2, List.of(CacheType.WRITE_COMBINING, CacheType.WRITE_BACK), false, false, null)
            : null;
    return new PageSpan(
        firstPage * 4096,
        pages,
        content,
        new Decision(
            verdict,
            "windows",
            5,
            "",
            CacheType.WRITE_BACK,
            established,
            CacheType.WRITE_BACK,
            RangeKind.RAM,
            RangeProvenance.CONTAINER,
            List.of()),
        mapping);
  }
}
