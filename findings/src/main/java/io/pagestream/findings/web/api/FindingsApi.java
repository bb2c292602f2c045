package io.pagestream.findings.web.api;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.findings.store.FindingStore;
import io.pagestream.findings.web.notes.NoteFile;
import io.pagestream.findings.web.query.Asked;
import io.pagestream.findings.web.query.FindingQuery;
import io.pagestream.findings.web.query.Ordering;
import io.pagestream.findings.web.query.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists of findings, and one finding whole. */
public final class FindingsApi {
  /** Most characters of a value in a list; {@code valueLength} tells how many it has. */
  private static final int MOST_VALUE = 2000;

  private static final int MOST_CONTEXT = 600;

  /** Most characters of a value shown whole. */
  private static final int MOST_WHOLE = 4 << 20;

  private static final int MOST_ROWS = 500;
  private static final int USUAL_ROWS = 100;

  private static final String COLUMNS =
      """
      finding_id, image_id, image, analyzer, kind, substr(value, 1, %1$d) AS value,
      length(value) AS value_length, physical_address, path, length,
      substr(context, 1, %2$d) AS context, encoding, range_kind, cache_type, verdict,
      confidence\
      """;

  private final FindingStore store;
  private final NoteFile notes;

  /** Answers from a store and what people have noted. */
  public FindingsApi(FindingStore store, NoteFile notes) {
    this.store = store;
    this.notes = notes;
  }

  /** {@code GET /api/findings}. */
  public void list(Context context) {
    Asked asked = new Asked(context);
    Ordering order = Ordering.of(asked);
    int limit = (int) asked.number("limit", 1, MOST_ROWS, USUAL_ROWS);
    Where where = query(asked, notes).where();
    order.goOn(where);
    String sql =
        "SELECT place, %s AS sort_key, %s FROM findings WHERE %s ORDER BY %s LIMIT ?"
            .formatted(
                order.key(), COLUMNS.formatted(MOST_VALUE, MOST_CONTEXT), where.sql(), order.sql());
    List<Map<String, @Nullable Object>> rows =
        store.ask(sql, where.parametersAnd(limit + 1), Rows::all);
    boolean more = rows.size() > limit;
    List<Map<String, @Nullable Object>> shown = more ? rows.subList(0, limit) : rows;
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("next", more ? cursor(order, shown.getLast()) : null);
    for (Map<String, @Nullable Object> row : shown) {
      row.remove("place");
      row.remove("sortKey");
      row.putAll(notes.of(String.valueOf(row.get("findingId"))));
    }
    answer.put("findings", shown);
    Json.send(context, answer);
  }

  private static String cursor(Ordering order, Map<String, @Nullable Object> row) {
    long place = row.get("place") instanceof Number number ? number.longValue() : 0;
    return order.cursor(place, String.valueOf(row.get("sortKey")));
  }

  /** {@code GET /api/findings/{id}}: with attributes, context and value whole. */
  public void one(Context context) {
    String id = Asked.requireId("the finding's id", context.pathParam("id"));
    String sql =
        "SELECT %s, attributes FROM findings WHERE %s LIMIT 1"
            .formatted(COLUMNS.formatted(MOST_WHOLE, MOST_WHOLE), FindingQuery.BY_ID);
    List<Map<String, @Nullable Object>> rows = store.ask(sql, List.of(id), Rows::all);
    if (rows.isEmpty()) {
      throw new HttpResponseException(HttpStatus.NOT_FOUND.getCode(), "there is no such finding");
    }
    Map<String, @Nullable Object> row = rows.getFirst();
    row.computeIfPresent("attributes", (name, json) -> Json.parsed(json.toString()));
    row.putAll(notes.of(id));
    Json.send(context, row);
  }

  /** The filter that a request asks for. */
  static FindingQuery query(Asked asked, NoteFile notes) {
    return FindingQuery.of(asked, notes.alerts(), notes::idsWith);
  }
}
