package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.text.Words;
import io.pagestream.dashboard.source.CaseSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/overview}: an overview of the case. */
public final class OverviewApi {
  private static final int MOST_IMAGES = 1000;

  private final CaseSource source;

  /** Uses a case. */
  public OverviewApi(CaseSource source) {
    this.source = source;
  }

  /** Sends the response. */
  public void overview(Context context) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("title", source.title());
    answer.put("live", source.progress().isPresent());
    answer.put("seal", seal());
    answer.put("facts", ask("SELECT name, value FROM case_facts ORDER BY name LIMIT 200"));
    answer.put("images", ask("SELECT * FROM images ORDER BY place LIMIT " + MOST_IMAGES));
    answer.put(
        "kinds",
        ask(
            """
            SELECT kind, image_id, sum(count) AS count FROM facets GROUP BY ALL
            ORDER BY 3 DESC, 1, 2 LIMIT 5000\
            """));
    answer.put(
        "tallies",
        ask(
            """
            SELECT image_id, tally, name, count FROM tallies
            WHERE tally IN ('failures', 'refused-pages', 'not-analyzed') ORDER BY 2, 4 DESC LIMIT 2000\
            """));
    answer.put("receipts", ask("SELECT image_id, stage, runs, pages, payload_bytes FROM receipts"));
    answer.put(
        "doubts",
        ask(
            """
            SELECT image_id, reason, physical_address AS address, page_count AS pages, message
            FROM doubts LIMIT 2000\
            """));
    answer.put(
        "remarks",
        ask("SELECT image_id, kind, name, remark FROM remarks WHERE kind <> 'hint' LIMIT 500"));
    answer.put("alerts", alerts());
    answer.put("tags", source.notes().tags());
    answer.put("progress", source.progress().map(progress -> progress.get()).orElse(null));
    Json.send(context, answer);
  }

  /** Whether the case matches its seal; a live case has no seal yet. */
  private Map<String, Object> seal() {
    if (source.seal().isEmpty()) {
      return Map.of("state", "live", "warning", "");
    }
    CheckedCase checked = source.seal().get();
    return Map.of(
        "state", Words.of(checked.state()),
        "sha256", checked.seal().manifestSha256(),
        "warning", checked.warning(),
        "differences",
            checked.differences().stream().limit(100).map(SealDifference::toString).toList());
  }

  /** Number of findings for each term of the alert list, computed from the distinct values. */
  private List<Map<String, Object>> alerts() {
    List<Map<String, Object>> alerts = new ArrayList<>();
    for (String term : source.notes().alerts()) {
      Long count =
          source
              .store()
              .ask(
                  """
                  SELECT coalesce(sum(count), 0) FROM histograms WHERE contains(lower(value), ?)\
                  """,
                  List.of(term),
                  rows -> rows.next() ? rows.getLong(1) : 0L);
      alerts.add(Map.of("term", term, "count", count));
    }
    return alerts;
  }

  private List<Map<String, @Nullable Object>> ask(String sql) {
    return source.store().ask(sql, List.of(), Rows::all);
  }
}
