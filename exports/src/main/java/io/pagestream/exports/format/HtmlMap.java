package io.pagestream.exports.format;

import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.map.StoreMap;
import io.pagestream.cases.text.HtmlText;
import io.pagestream.exports.picture.MapPicture;
import io.pagestream.exports.picture.MapPicture.Detail;
import io.pagestream.schemas.avro.AddressRange;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** An image's memory map within the report, with the findings that lie in it. */
final class HtmlMap {
  private static final int MOST_TEXT = 80;
  private static final List<Band> BANDS = List.of(Band.CONTENT, Band.CACHE_TYPES, Band.VERDICTS);

  private HtmlMap() {}

  static void write(ExportSource source, Writer html, ExportFacts.Image image) throws IOException {
    StoreMap stored = source.map(image.imageId());
    List<AddressRange> ranges = stored.ranges();
    if (ranges.isEmpty()) {
      return;
    }
    MemoryMap<SpaceLayout> map =
        new MemoryMap<>(image.name(), MapPicture.layout(ranges, Detail.COARSE));
    ranges.forEach(map::addRange);
    stored.addSpans(map, 0, Long.MAX_VALUE, BANDS);
    stored.addFindings(map, 0, Long.MAX_VALUE, List.of());
    html.write("<h2>Memory map of " + HtmlText.of(image.name(), MOST_TEXT) + "</h2>\n");
    MapPicture.writeSvg(map, html);
  }
}
