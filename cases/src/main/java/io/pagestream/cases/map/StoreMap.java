package io.pagestream.cases.map;

import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The map of an image, from the findings store of a finished or a live case. */
public final class StoreMap {
  /** A span of pages in the store, band by band; words are those of {@link Ink#word}. */
  private static final Map<Band, String> COLUMNS =
      new EnumMap<>(
          Map.of(
              Band.CONTENT, "content",
              Band.CACHE_TYPES,
                  "CASE WHEN len(cache_types) > 1 THEN '%s' ELSE established END"
                      .formatted(Ink.DISAGREEING.word()),
              Band.GRANTED_TYPES, "CASE verdict WHEN 'refused' THEN verdict ELSE granted END",
              Band.VERDICTS, "verdict"));

  private final FindingStore store;
  private final String imageId;

  /** The map of an image of a store. */
  public StoreMap(FindingStore store, String imageId) {
    this.store = store;
    this.imageId = imageId;
  }

  /** The range map by address; empty if there is no such image. */
  public List<AddressRange> ranges() {
    return store.ask(
        """
        SELECT physical_address, page_count, kind, provenance, established, large_pages, name
        FROM ranges WHERE image_id = ? ORDER BY physical_address\
        """,
        List.of(imageId),
        rows -> {
          List<AddressRange> all = new ArrayList<>();
          while (rows.next()) {
            all.add(range(rows));
          }
          return all;
        });
  }

  private static AddressRange range(ResultSet row) throws SQLException {
    AddressRange range = new AddressRange();
    range.setPhysicalAddress(row.getLong(1));
    range.setPageCount(row.getLong(2));
    range.setKind(Words.parse(RangeKind.class, row.getString(3), RangeKind.UNKNOWN));
    range.setProvenance(
        Words.parse(RangeProvenance.class, row.getString(4), RangeProvenance.UNKNOWN));
    range.setEstablished(Words.parse(CacheType.class, row.getString(5), CacheType.UNKNOWN));
    range.setLargePages(row.getBoolean(6));
    range.setName(row.getString(7));
    range.setSource("");
    return range;
  }

  /**
   * Adds the spans of judged pages that touch a stretch.
   *
   * @param first the stretch's first address
   * @param last an address in its last page
   * @param bands the bands to add: content, types, verdicts
   */
  public void addSpans(MemoryMap<?> map, long first, long last, List<Band> bands) {
    List<String> columns =
        bands.stream().map(band -> Objects.requireNonNull(COLUMNS.get(band))).toList();
    var unusedRows =
        store.ask(
            """
            SELECT physical_address, page_count, %s FROM verdicts
            WHERE image_id = ? AND physical_address <= ? AND physical_address + page_count * 4096 > ?\
            """
                .formatted(String.join(", ", columns)),
            List.of(imageId, last, first),
            rows -> {
              while (rows.next()) {
                map.add(rows.getLong(1), rows.getLong(2), inks(rows, bands));
              }
              return true;
            });
  }

  /** The inks of a row; an unknown word is from the store of another version. */
  private static Ink[] inks(ResultSet row, List<Band> bands) throws SQLException {
    List<Ink> inks = new ArrayList<>(bands.size());
    for (int i = 0; i < bands.size(); i++) {
      Ink ink = Ink.of(bands.get(i), row.getString(3 + i));
      if (ink != null) {
        inks.add(ink);
      }
    }
    return inks.toArray(Ink[]::new);
  }

  /**
   * Adds the findings of a stretch. The findings of a part of a cell are added at the beginning of
   * the part. The number for a cell may therefore be off by one part at its edges; it is exact if
   * cells begin at multiples of their size or are single pages.
   *
   * @param first the stretch's first address
   * @param last its last address
   * @param kinds the kinds to add; empty for all
   */
  public void addFindings(MemoryMap<?> map, long first, long last, List<String> kinds) {
    long pages = map.layout().pagesPerCell();
    int shift =
        Long.numberOfTrailingZeros(Pages.SIZE) + Math.max(0, Long.numberOfTrailingZeros(pages) - 3);
    String ofKinds =
        kinds.isEmpty() ? "" : " AND kind IN (?" + ", ?".repeat(kinds.size() - 1) + ")";
    List<Object> parameters = new ArrayList<>(List.of(imageId, first, last));
    parameters.addAll(kinds);
    var unusedRows =
        store.ask(
            """
            SELECT physical_address >> %d AS bucket, count(*) FROM findings
            WHERE image_id = ? AND space = 'physical' AND physical_address >= ? AND physical_address <= ?%s
            GROUP BY bucket\
            """
                .formatted(shift, ofKinds),
            parameters,
            rows -> {
              while (rows.next()) {
                map.addFindings(rows.getLong(1) << shift, rows.getLong(2));
              }
              return true;
            });
  }
}
