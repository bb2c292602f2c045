package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.explain.PolicyRow;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.map.DenseSpace;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.text.Words;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/coverage}: the page accounting of one image with details, and its range map. */
public final class CoverageApi {
  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("image");

  private static final int MOST_RANGES = 2000;

  private final FindingStore store;
  private final PolicyRows policies = PolicyRows.load();

  /** Uses a store. */
  public CoverageApi(FindingStore store) {
    this.store = store;
  }

  /** {@code image}. */
  public void coverage(Context context) {
    String imageId = new Asked(context).imageId("image");
    DenseSpace space = Spaces.of(store, imageId);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("image", ask("SELECT * FROM images WHERE image_id = ?", imageId).getFirst());
    answer.put(
        "files",
        ask(
            "SELECT name, size_bytes, sha256, unreadable FROM image_files WHERE image_id = ? LIMIT 500",
            imageId));
    List<Map<String, @Nullable Object>> tallies =
        ask(
            "SELECT tally, name, count FROM tallies WHERE image_id = ? ORDER BY 1, 3 DESC, 2 LIMIT 2000",
            imageId);
    for (Map<String, @Nullable Object> tally : tallies) {
      if ("verdict-pages".equals(tally.get("tally"))) {
        tally.put("policy", policy(String.valueOf(tally.get("name"))));
      }
    }
    answer.put("tallies", tallies);
    answer.put(
        "receipts",
        ask("SELECT stage, runs, pages, payload_bytes FROM receipts WHERE image_id = ?", imageId));
    answer.put(
        "remarks",
        ask(
            "SELECT kind, name, remark FROM remarks WHERE image_id = ? OR image_id IS NULL LIMIT 500",
            imageId));
    answer.put(
        "unseenRanges",
        ask(
            """
            SELECT reason, physical_address, page_count FROM unseen_ranges
            WHERE image_id = ? ORDER BY physical_address LIMIT 2000\
            """,
            imageId));
    answer.put("ranges", ranges(imageId, space));
    answer.put("rangesCut", space.ranges().size() > MOST_RANGES);
    Json.send(context, answer);
  }

  private List<Map<String, @Nullable Object>> ask(String sql, String imageId) {
    return store.ask(sql, List.of(imageId), Rows::all);
  }

  private @Nullable Map<String, Object> policy(String key) {
    int colon = key.lastIndexOf(':');
    if (colon < 1 || !key.substring(colon + 1).matches("[0-9]{1,6}")) {
      return null;
    }
    int number = Integer.parseInt(key.substring(colon + 1));
    Optional<PolicyRow> row = policies.row(key.substring(0, colon), number);
    return row.<Map<String, Object>>map(
            one -> Map.of("condition", one.condition(), "source", one.source()))
        .orElse(null);
  }

  /** The range map with the outcome for each range's pages; spans and ranges are both sorted. */
  private List<Map<String, @Nullable Object>> ranges(String imageId, DenseSpace space) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    List<Map<String, Long>> became = new ArrayList<>();
    for (AddressRange range : space.ranges()) {
      if (all.size() == MOST_RANGES) {
        break;
      }
      Map<String, Long> counts = new TreeMap<>();
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("address", range.getPhysicalAddress());
      one.put("pages", range.getPageCount());
      one.put("kind", Words.of(range.getKind()));
      one.put("provenance", Words.of(range.getProvenance()));
      one.put("established", Words.of(range.getEstablished()));
      one.put("name", range.getName());
      one.put("became", counts);
      all.add(one);
      became.add(counts);
    }
    var unusedRows =
        store.ask(
            """
            SELECT physical_address, page_count, content, verdict FROM verdicts
            WHERE image_id = ? ORDER BY physical_address\
            """,
            List.of(imageId),
            rows -> {
              int at = 0;
              while (rows.next()) {
                long from = rows.getLong(1);
                long to = from + rows.getLong(2) * Pages.SIZE;
                String fate = fate(rows.getString(3), rows.getString(4));
                while (at < became.size() && end(space.ranges().get(at)) <= from) {
                  at++;
                }
                for (int i = at; i < became.size(); i++) {
                  AddressRange range = space.ranges().get(i);
                  long start = Math.max(from, range.getPhysicalAddress());
                  long stop = Math.min(to, end(range));
                  if (start >= stop) {
                    break;
                  }
                  became.get(i).merge(fate, (stop - start) / Pages.SIZE, Long::sum);
                }
              }
              return true;
            });
    return all;
  }

  /** Words for contents with bytes. */
  private static final Set<String> HAS_BYTES = Set.of("bytes", "doubtful");

  private static String fate(String content, String verdict) {
    return verdict.equals("refused") || HAS_BYTES.contains(content) ? verdict : content;
  }

  private static long end(AddressRange range) {
    return range.getPhysicalAddress() + range.getPageCount() * Pages.SIZE;
  }
}
