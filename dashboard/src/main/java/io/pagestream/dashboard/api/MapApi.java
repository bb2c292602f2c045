package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.CellGrid;
import io.pagestream.cases.map.DenseSpace;
import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.StoreMap;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.text.Words;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * {@code GET /api/map}: a part of an image's physical address space as cells, in layers: kind of
 * range, content, verdict, granted cache type, findings.
 */
public final class MapApi {
  /** Maximum number of cells in a response. */
  static final int MOST_CELLS = 65_536;

  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("image", "first", "pages", "cells", "kind");

  private static final int USUAL_CELLS = 4096;
  private static final int MOST_SEGMENTS = 512;

  private static final List<Band> JUDGED = List.of(Band.CONTENT, Band.VERDICTS, Band.GRANTED_TYPES);

  /** The layers by their names in a response. */
  private static final Map<String, Band> LAYERS =
      new TreeMap<>(
          Map.of(
              "range", Band.RANGES,
              "content", Band.CONTENT,
              "verdict", Band.VERDICTS,
              "cache", Band.GRANTED_TYPES));

  private final FindingStore store;

  /** Uses a store. */
  public MapApi(FindingStore store) {
    this.store = store;
  }

  /** The color of each word of each layer, in CSS notation. */
  public static Map<String, Map<String, String>> colours() {
    Map<String, Map<String, String>> colours = new TreeMap<>();
    for (Map.Entry<String, Band> layer : LAYERS.entrySet()) {
      Map<String, String> words = new TreeMap<>();
      for (Ink ink : Ink.values()) {
        if (ink.band() == layer.getValue()) {
          words.put(ink.word(), "#%06x".formatted(ink.rgb()));
        }
      }
      colours.put(layer.getKey(), words);
    }
    return colours;
  }

  /** {@code image}, {@code first}, {@code pages} (in a cell, a power of two), {@code cells}. */
  public void map(Context context) {
    Asked asked = new Asked(context);
    String imageId = asked.imageId("image");
    DenseSpace space = Spaces.of(store, imageId);
    CellGrid grid = grid(asked, space);
    MemoryMap<CellGrid> map = new MemoryMap<>("", grid);
    for (DenseSpace.Placed placed : space.within(grid.first(), grid.end())) {
      map.addRange(placed.range());
    }
    if (grid.end() > grid.first()) {
      StoreMap stored = new StoreMap(store, imageId);
      long first = space.addressOf(grid.first());
      long last = space.addressOf(grid.end() - 1);
      stored.addSpans(map, first, last, JUDGED);
      stored.addFindings(map, first, last + Pages.SIZE - 1, asked.texts("kind"));
    }
    Map<String, Object> layers = new LinkedHashMap<>();
    LAYERS.forEach((name, band) -> layers.put(name, MapLayer.of(map, band)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("totalPages", space.pages());
    answer.put("first", grid.first());
    answer.put("pages", grid.pagesPerCell());
    answer.put(
        "cells", (grid.end() - grid.first() + grid.pagesPerCell() - 1) / grid.pagesPerCell());
    answer.put("remarks", remarks(imageId));
    answer.put("segments", segments(space, grid));
    answer.put("layers", layers);
    answer.put("findings", IntStream.range(0, grid.cells()).mapToLong(map::findings).toArray());
    Json.send(context, answer);
  }

  /** The grid of a request. */
  static CellGrid grid(Asked asked, DenseSpace space) {
    int cells = (int) asked.number("cells", 1, MOST_CELLS, USUAL_CELLS);
    long least = Long.highestOneBit(Math.max(1, (space.pages() - 1) / cells)) * 2;
    long pages = asked.number("pages", 1, 1L << 40, space.pages() <= cells ? 1 : least);
    if (Long.bitCount(pages) != 1) {
      throw new BadQuestion("pages must be a power of two");
    }
    long first = asked.number("first", 0, 1L << 52, 0);
    return new CellGrid(space, Math.min(first, space.pages()) / pages * pages, pages, cells);
  }

  /** Remarks about known information that the map does not show. */
  private List<String> remarks(String imageId) {
    return store.ask(
        "SELECT remark FROM remarks WHERE image_id = ? AND kind = 'not-shown'",
        List.of(imageId),
        rows -> {
          List<String> remarks = new ArrayList<>();
          while (rows.next()) {
            remarks.add(rows.getString(1));
          }
          return remarks;
        });
  }

  private static List<Map<String, Object>> segments(DenseSpace space, CellGrid grid) {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (DenseSpace.Placed placed : space.within(grid.first(), grid.end())) {
      if (segments.size() == MOST_SEGMENTS) {
        break;
      }
      Map<String, Object> segment = new LinkedHashMap<>();
      segment.put("place", placed.place());
      segment.put("address", placed.range().getPhysicalAddress());
      segment.put("pages", placed.range().getPageCount());
      segment.put("kind", Words.of(placed.range().getKind()));
      segment.put("name", placed.range().getName());
      segment.put("provenance", Words.of(placed.range().getProvenance()));
      segments.add(segment);
    }
    return segments;
  }
}
