package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.Facet;
import io.pagestream.dashboard.query.FindingQuery;
import io.pagestream.dashboard.query.KnownValues;
import io.pagestream.dashboard.query.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The number of findings for each facet. A facet counts the findings that match all other filters,
 * so that its values can be exchanged for one another.
 */
public final class FacetsApi {
  private static final int MOST_GROUPS = 50_000;
  private static final int MOST_VALUES = 60;
  private static final List<Facet> FACETS = List.of(Facet.values());
  private static final String COLUMNS =
      FACETS.stream().map(Facet::column).collect(Collectors.joining(", "));

  private final FindingStore store;
  private final NoteFile notes;

  /** Uses a store and the notes. */
  public FacetsApi(FindingStore store, NoteFile notes) {
    this.store = store;
    this.notes = notes;
  }

  /** Findings that are equal in all facets. */
  private record Group(List<String> values, long count) {}

  /** {@code GET /api/facets}. */
  public void facets(Context context) {
    FindingQuery query = FindingsApi.query(new Asked(context), notes);
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Group> groups = groups(query);
    long total = 0;
    List<Map<String, Long>> counts = FACETS.stream().map(facet -> newCounts()).toList();
    for (Group group : groups) {
      List<Facet> failing = FACETS.stream().filter(facet -> !wants(query, facet, group)).toList();
      if (failing.isEmpty()) {
        total += group.count();
      }
      for (int i = 0; i < FACETS.size(); i++) {
        if (failing.isEmpty() || failing.equals(List.of(FACETS.get(i)))) {
          counts.get(i).merge(group.values().get(i), group.count(), Long::sum);
        }
      }
    }
    answer.put("total", total);
    Map<String, Object> facets = new LinkedHashMap<>();
    for (int i = 0; i < FACETS.size(); i++) {
      facets.put(FACETS.get(i).parameter(), largest(counts.get(i)));
    }
    answer.put("facets", facets);
    Json.send(context, answer);
  }

  private static Map<String, Long> newCounts() {
    return new TreeMap<>();
  }

  private static boolean wants(FindingQuery query, Facet facet, Group group) {
    List<String> wanted = query.facets().get(facet);
    return wanted == null || wanted.contains(group.values().get(FACETS.indexOf(facet)));
  }

  private List<Group> groups(FindingQuery query) {
    KnownValues values = new KnownValues(store);
    Where where = new Where();
    String counted;
    if (query.isFacetsOnly()) {
      counted = "facets";
    } else if (query.isAnyPlace() && values.areComplete()) {
      query.addValues(where);
      counted =
          """
          (SELECT facet, sum(count) AS count FROM value_facets
            WHERE value_hash IN (SELECT value_hash FROM histograms WHERE %s) GROUP BY facet)
          JOIN (SELECT * EXCLUDE (count) FROM facets) USING (facet)\
          """
              .formatted(where.sql());
    } else {
      where = values.others(query);
      counted =
          "(SELECT *, 1 AS count FROM %s WHERE %s)".formatted(FindingQuery.FINDINGS, where.sql());
    }
    return store.ask(
        "SELECT %s, sum(count) FROM %s GROUP BY ALL LIMIT %d"
            .formatted(COLUMNS, counted, MOST_GROUPS),
        where.parameters(),
        FacetsApi::read);
  }

  private static List<Group> read(ResultSet rows) throws SQLException {
    List<Group> groups = new ArrayList<>();
    while (rows.next()) {
      String[] values = new String[FACETS.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.getString(i + 1);
      }
      groups.add(new Group(Arrays.asList(values), rows.getLong(values.length + 1)));
    }
    return groups;
  }

  private static List<Map<String, Object>> largest(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_VALUES)
        .map(entry -> Map.<String, Object>of("value", entry.getKey(), "count", entry.getValue()))
        .toList();
  }
}
