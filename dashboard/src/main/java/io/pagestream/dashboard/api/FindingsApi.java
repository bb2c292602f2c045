package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.FindingQuery;
import io.pagestream.dashboard.query.KnownValues;
import io.pagestream.dashboard.query.Ordering;
import io.pagestream.dashboard.query.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of findings, and the details of one finding. */
public final class FindingsApi {
  /** Maximum number of characters of a value in a list; {@code valueLength} is its full length. */
  private static final int MOST_VALUE = 2000;

  private static final int MOST_CONTEXT = 600;

  /** Maximum number of characters of a value in the details. */
  private static final int MOST_WHOLE = 4 << 20;

  private static final int MOST_ROWS = 500;
  private static final int USUAL_ROWS = 100;

  /** The accepted parameters of a list. */
  public static final Set<String> PARAMETERS =
      Stream.of(FindingQuery.PARAMETERS, Ordering.PARAMETERS, Set.of("limit"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private static final String COLUMNS =
      FindingColumn.ALL.stream()
          .filter(column -> column.type() != FindingColumn.Type.TEXTS)
          .map(FindingsApi::shown)
          .collect(Collectors.joining(", "));

  private final FindingStore store;
  private final NoteFile notes;

  /** Uses a store and the notes. */
  public FindingsApi(FindingStore store, NoteFile notes) {
    this.store = store;
    this.notes = notes;
  }

  private static String shown(FindingColumn column) {
    return switch (column.sql()) {
      case "value" -> "substr(value, 1, %1$d) AS value, length(value) AS value_length";
      case "context" -> "substr(context, 1, %2$d) AS context";
      default -> column.sql();
    };
  }

  /** {@code GET /api/findings}. */
  public void list(Context context) {
    Asked asked = new Asked(context);
    Ordering order = Ordering.of(asked);
    int limit = (int) asked.number("limit", 1, MOST_ROWS, USUAL_ROWS);
    List<Map<String, @Nullable Object>> rows = rows(query(asked, notes), order, limit + 1);
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

  private List<Map<String, @Nullable Object>> rows(FindingQuery query, Ordering order, int most) {
    KnownValues values = new KnownValues(store);
    Optional<KnownValues.First> first = values.first(query, order, most);
    if (first.isPresent()) {
      Where where = first.get().where();
      List<Long> places =
          places(where, first.get().order(), where.parametersAnd(first.get().hashes(), most));
      if (places.size() == most) {
        return rows(places, order);
      }
    }
    Where where = values.where(query);
    order.goOn(where);
    return rows(places(where, order.sql(), where.parametersAnd(most)), order);
  }

  /** Sorts only the positions first: sorting all displayed columns costs many times as much. */
  private List<Long> places(Where where, String order, List<Object> parameters) {
    String places =
        "SELECT place FROM %s WHERE %s ORDER BY %s LIMIT ?"
            .formatted(FindingQuery.FINDINGS, where.sql(), order);
    return store.ask(places, parameters, FindingsApi::places);
  }

  private List<Map<String, @Nullable Object>> rows(List<Long> first, Ordering order) {
    String shown =
        "SELECT place, %s AS sort_key, %s FROM findings WHERE place IN (SELECT unnest(CAST(? AS BIGINT[])))"
            .formatted(order.key(), COLUMNS.formatted(MOST_VALUE, MOST_CONTEXT));
    List<Map<String, @Nullable Object>> rows =
        store.ask(shown, List.of(first.toString()), Rows::all);
    List<Map<String, @Nullable Object>> sorted = new ArrayList<>();
    for (long place : first) {
      for (Map<String, @Nullable Object> row : rows) {
        if (place(row) == place) {
          sorted.add(row);
        }
      }
    }
    return sorted;
  }

  private static List<Long> places(ResultSet rows) throws SQLException {
    List<Long> places = new ArrayList<>();
    while (rows.next()) {
      places.add(rows.getLong(1));
    }
    return places;
  }

  private static String cursor(Ordering order, Map<String, @Nullable Object> row) {
    return order.cursor(place(row), String.valueOf(row.get("sortKey")));
  }

  private static long place(Map<String, @Nullable Object> row) {
    return row.get("place") instanceof Number number ? number.longValue() : 0;
  }

  /** {@code GET /api/findings/{id}}: with attributes, context and the full value. */
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

  /** The filter of a request. */
  static FindingQuery query(Asked asked, NoteFile notes) {
    return FindingQuery.of(asked, notes.alerts(), notes::idsWith);
  }
}
