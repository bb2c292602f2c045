package io.pagestream.dashboard.api;

import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import java.util.List;
import java.util.Map;

/** One band of a map as JSON. */
final class MapLayer {
  private MapLayer() {}

  /**
   * The band as {@code words}; for each cell the index of its most frequent word, -1 if nothing is
   * known ({@code main}); and a bit mask of all its words ({@code mask}).
   */
  static Map<String, Object> of(MemoryMap<?> map, Band band) {
    List<Ink> inks = map.inks(band);
    int cells = map.layout().cells();
    int[] main = new int[cells];
    int[] mask = new int[cells];
    for (int cell = 0; cell < cells; cell++) {
      long most = 0;
      main[cell] = -1;
      for (int i = 0; i < inks.size(); i++) {
        long pages = map.pages(inks.get(i), cell);
        if (pages > 0) {
          mask[cell] |= 1 << i;
        }
        if (pages > most) {
          most = pages;
          main[cell] = i;
        }
      }
    }
    return Map.of("words", inks.stream().map(Ink::word).toList(), "main", main, "mask", mask);
  }
}
