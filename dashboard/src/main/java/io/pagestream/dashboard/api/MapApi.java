package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.map.CellGrid;
import io.pagestream.dashboard.map.CellLayer;
import io.pagestream.dashboard.map.DenseSpace;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.dashboard.query.Where;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /api/map}: a part of an image's physical address space as cells, in layers: kind of
 * range, content, verdict, granted cache type, findings.
 */
public final class MapApi {
  /** Most cells of an answer. */
  static final int MOST_CELLS = 65_536;

  /** What it can be asked with. */
  public static final Set<String> PARAMETERS = Set.of("image", "first", "pages", "cells", "kind");

  private static final int USUAL_CELLS = 4096;
  private static final int MOST_SEGMENTS = 512;

  private final FindingStore store;

  /** Answers from a store. */
  public MapApi(FindingStore store) {
    this.store = store;
  }

  /** {@code image}, {@code first}, {@code pages} (in a cell, a power of two), {@code cells}. */
  public void map(Context context) {
    Asked asked = new Asked(context);
    String imageId = asked.imageId("image");
    DenseSpace space = Spaces.of(store, imageId);
    CellGrid grid = grid(asked, space);
    CellLayer range = new CellLayer(grid.cells());
    for (DenseSpace.Placed placed : space.within(grid.first(), grid.end())) {
      DenseSpace.Range one = placed.range();
      grid.divide(
          one.physicalAddress(), one.pageCount(), (cell, n) -> range.add(cell, one.kind(), n));
    }
    Map<String, Object> layers = new LinkedHashMap<>();
    layers.put("range", range.toJson());
    if (grid.end() > grid.first()) {
      layers.putAll(judged(imageId, grid));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("totalPages", space.pages());
    answer.put("first", grid.first());
    answer.put("pages", grid.pagesPerCell());
    answer.put(
        "cells", (grid.end() - grid.first() + grid.pagesPerCell() - 1) / grid.pagesPerCell());
    answer.put("remarks", remarks(imageId));
    answer.put("segments", segments(space, grid));
    answer.put("layers", layers);
    answer.put("findings", findings(imageId, asked.texts("kind"), grid));
    Json.send(context, answer);
  }

  /** The grid that a request asks for. */
  static CellGrid grid(Asked asked, DenseSpace space) {
    int cells = (int) asked.number("cells", 1, MOST_CELLS, USUAL_CELLS);
    long least = Long.highestOneBit(Math.max(1, (space.pages() - 1) / cells)) * 2;
    long pages = asked.number("pages", 1, 1L << 40, space.pages() <= cells ? 1 : least);
    if (Long.bitCount(pages) != 1) {
      throw new BadQuestion("pages is a power of two");
    }
    long first = asked.number("first", 0, 1L << 52, 0);
    return new CellGrid(space, Math.min(first, space.pages()) / pages * pages, pages, cells);
  }

  /** What the map does not show though it is known. */
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
      segment.put("address", placed.range().physicalAddress());
      segment.put("pages", placed.range().pageCount());
      segment.put("kind", placed.range().kind());
      segment.put("name", placed.range().name());
      segment.put("provenance", placed.range().provenance());
      segments.add(segment);
    }
    return segments;
  }

  private Map<String, Object> judged(String imageId, CellGrid grid) {
    CellLayer content = new CellLayer(grid.cells());
    CellLayer verdict = new CellLayer(grid.cells());
    CellLayer cache = new CellLayer(grid.cells());
    long from = grid.space().addressOf(grid.first());
    long last = grid.space().addressOf(grid.end() - 1);
    var unusedRows =
        store.ask(
            """
            SELECT physical_address, page_count, content, verdict, granted
            FROM verdicts
            WHERE image_id = ? AND physical_address <= ? AND physical_address + page_count * 4096 > ?\
            """,
            List.of(imageId, last, from),
            rows -> {
              while (rows.next()) {
                String holds = rows.getString(3);
                String judged = rows.getString(4);
                String granted = judged.equals("refused") ? "refused" : rows.getString(5);
                grid.divide(
                    rows.getLong(1),
                    rows.getLong(2),
                    (cell, pages) -> {
                      content.add(cell, holds, pages);
                      verdict.add(cell, judged, pages);
                      cache.add(cell, granted, pages);
                    });
              }
              return true;
            });
    Map<String, Object> layers = new LinkedHashMap<>();
    layers.put("content", content.toJson());
    layers.put("verdict", verdict.toJson());
    layers.put("cache", cache.toJson());
    return layers;
  }

  private long[] findings(String imageId, List<String> kinds, CellGrid grid) {
    long[] counts = new long[grid.cells()];
    if (grid.end() == grid.first()) {
      return counts;
    }
    Where where =
        new Where()
            .and("image_id = ?", imageId)
            .and("physical_address >= ?", grid.space().addressOf(grid.first()))
            .and("physical_address < ?", grid.space().addressOf(grid.end() - 1) + Pages.SIZE)
            .in("kind", kinds);
    // Buckets no larger than a cell, so that a cell's count is off by a bucket at its edge at most;
    // exact where cells are single pages.
    int shift = 12 + Math.max(0, Long.numberOfTrailingZeros(grid.pagesPerCell()) - 3);
    String sql =
        "SELECT physical_address >> %d AS bucket, count(*) FROM findings WHERE %s GROUP BY bucket"
            .formatted(shift, where.sql());
    var unusedRows =
        store.ask(
            sql,
            where.parameters(),
            rows -> {
              while (rows.next()) {
                int cell = grid.cellOf(rows.getLong(1) << shift);
                if (cell >= 0) {
                  counts[cell] += rows.getLong(2);
                }
              }
              return true;
            });
    return counts;
  }
}
