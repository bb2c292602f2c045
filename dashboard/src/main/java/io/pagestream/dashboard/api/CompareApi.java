package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.dashboard.query.KnownValues;
import io.pagestream.dashboard.query.Where;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/compare}: the values that two images have in common, or that only one of them
 * has. Answered from counts in the store, not from the findings.
 */
public final class CompareApi {
  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("a", "b", "set", "kind", "limit", "after");

  private static final int MOST_ROWS = 500;
  private static final int MOST_KINDS = 60;
  private static final int USUAL_ROWS = 100;

  /** Values themselves are compared only if two of them may have the same hash. */
  private static final String SAME_HASH = "x.value_hash = y.value_hash AND x.kind = y.kind";

  private static final String SAME_VALUE = SAME_HASH + " AND x.value = y.value";

  private final FindingStore store;

  /** Uses a store. */
  public CompareApi(FindingStore store) {
    this.store = store;
  }

  /** A set of values: a statement with its parameters. */
  private record Values(String sql, List<Object> parameters) {}

  /**
   * {@code a}, {@code b}, {@code set} (common, a, b), {@code kind}, {@code limit}, {@code after}.
   */
  public void compare(Context context) {
    Asked asked = new Asked(context);
    String a = asked.imageId("a");
    String b = asked.imageId("b");
    if (a.equals(b)) {
      throw new BadQuestion("a and b are the same image");
    }
    String set = asked.word("set", List.of("common", "a", "b"));
    int limit = (int) asked.number("limit", 1, MOST_ROWS, USUAL_ROWS);
    String same = new KnownValues(store).areComplete() ? SAME_HASH : SAME_VALUE;
    Values common = common(a, b, same);
    Values onlyA = only(a, b, same);
    Values onlyB = only(b, a, same);
    Values values =
        switch (set) {
          case "a" -> onlyA;
          case "b" -> onlyB;
          default -> common;
        };
    Where where = new Where().in("kind", asked.texts("kind"));
    goOn(where, asked.text("after"));
    List<Object> parameters = new ArrayList<>(values.parameters());
    parameters.addAll(where.parametersAnd(limit + 1));
    String sql =
        """
        WITH v AS (%s)
        SELECT kind, substr(value, 1, 2000) AS value, length(value) AS value_length, count, first_a,
          first_b
        FROM v WHERE %s ORDER BY kind, v.value LIMIT ?\
        """
            .formatted(values.sql(), where.sql());
    List<Map<String, @Nullable Object>> rows = store.ask(sql, parameters, Rows::all);
    boolean more = rows.size() > limit;
    List<Map<String, @Nullable Object>> shown = more ? rows.subList(0, limit) : rows;
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("next", more ? cursor(shown.getLast()) : null);
    answer.put("values", shown);
    if (asked.text("after").isEmpty()) {
      SortedMap<String, Long> shared = kinds(common.sql(), common.parameters());
      answer.put(
          "counts",
          Map.of(
              "common", listed(shared),
              "a", listed(without(kindsOf(a), shared)),
              "b", listed(without(kindsOf(b), shared))));
    }
    Json.send(context, answer);
  }

  private static Values common(String a, String b, String same) {
    return new Values(
        """
        SELECT x.kind, x.value, x.count + y.count AS count, x.first_address AS first_a,
          y.first_address AS first_b
        FROM shared_values x JOIN shared_values y ON %s
        WHERE x.image_id = ? AND y.image_id = ?\
        """
            .formatted(same),
        List.of(a, b));
  }

  private static Values only(String one, String other, String same) {
    return new Values(
        """
        SELECT kind, value, count, first_address AS first_a, CAST(NULL AS BIGINT) AS first_b
        FROM histograms WHERE images = 1 AND first_image_id = ?
        UNION ALL
        SELECT x.kind, x.value, x.count, x.first_address, NULL
        FROM shared_values x ANTI JOIN (SELECT * FROM shared_values WHERE image_id = ?) y ON %s
        WHERE x.image_id = ?\
        """
            .formatted(same),
        List.of(one, other, one));
  }

  /** Number of values of each kind in an image, shared or not. */
  private SortedMap<String, Long> kindsOf(String image) {
    return kinds(
        """
        SELECT kind FROM histograms WHERE images = 1 AND first_image_id = ?
        UNION ALL SELECT kind FROM shared_values WHERE image_id = ?\
        """,
        List.of(image, image));
  }

  private SortedMap<String, Long> kinds(String values, List<Object> parameters) {
    return store.ask(
        "SELECT kind, count(*) FROM (" + values + ") GROUP BY kind",
        parameters,
        rows -> {
          SortedMap<String, Long> counts = new TreeMap<>();
          while (rows.next()) {
            counts.put(rows.getString(1), rows.getLong(2));
          }
          return counts;
        });
  }

  /** The values of an image that the other one does not have. */
  private static SortedMap<String, Long> without(
      SortedMap<String, Long> all, SortedMap<String, Long> common) {
    SortedMap<String, Long> rest = new TreeMap<>(all);
    common.forEach((kind, count) -> rest.merge(kind, -count, Long::sum));
    rest.values().removeIf(count -> count == 0);
    return rest;
  }

  private static List<Map<String, Object>> listed(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_KINDS)
        .map(kind -> Map.<String, Object>of("kind", kind.getKey(), "values", kind.getValue()))
        .toList();
  }

  private static String cursor(Map<String, @Nullable Object> row) {
    String value = String.valueOf(row.get("value"));
    String text = row.get("kind") + "\n" + value.substring(0, Math.min(value.length(), 500));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void goOn(Where where, String cursor) {
    if (cursor.isEmpty()) {
      return;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int line = text.indexOf('\n');
      if (line > 0) {
        String kind = text.substring(0, line);
        where.and("kind > ? OR (kind = ? AND value > ?)", kind, kind, text.substring(line + 1));
        return;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new BadQuestion("after is not a valid cursor");
  }
}
