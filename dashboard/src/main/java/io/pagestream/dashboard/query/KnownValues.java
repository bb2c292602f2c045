package io.pagestream.dashboard.query;

import io.pagestream.cases.store.FindingStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The distinct values of a store, of which there are far fewer than findings: a condition on the
 * value is evaluated once for each of these, and findings are then identified by the hash of their
 * value.
 */
public final class KnownValues {
  /** With more values than this, looking them up costs more than reading all findings. */
  private static final int MOST_VALUES = 20_000;

  /**
   * Additional values to read: one may have been shown already, or may occur with several kinds.
   */
  private static final int SPARE_VALUES = 16;

  private final FindingStore store;

  /** The values of a store. */
  public KnownValues(FindingStore store) {
    this.store = store;
  }

  /**
   * Whether every finding's value is among them with a unique hash. A live store has findings that
   * are not counted yet.
   */
  public boolean areComplete() {
    return store.ask(
        "SELECT value FROM case_facts WHERE name = 'value-hashes-unique'",
        List.of(),
        rows -> rows.next() && "true".equals(rows.getString(1)));
  }

  /** The whole condition of a query, on the columns of {@link FindingQuery#FINDINGS}. */
  public Where where(FindingQuery query) {
    Where where = others(query);
    query.addFacets(where);
    return where;
  }

  /** All conditions of a query except the facets. */
  public Where others(FindingQuery query) {
    Where where = query.places();
    if (query.asksValues()) {
      Optional<String> few = areComplete() ? hashes(query.values()) : Optional.empty();
      if (few.isPresent()) {
        addHashes(where, few.get());
      } else {
        query.addValues(where);
      }
    }
    return where;
  }

  /**
   * The first findings of a list sorted by value, selected by the hashes of the first values and in
   * their order: no finding's value is read.
   *
   * @param where the condition
   * @param order the clause that sorts, with one parameter
   * @param hashes that parameter
   */
  public record First(Where where, String order, String hashes) {}

  /**
   * The condition for the first findings of a list sorted by value: those with one of the first
   * values. They suffice if each of these values has a finding; a caller that gets fewer uses
   * {@link #where}.
   *
   * @param most maximum number of findings
   * @return empty if the values do not determine the first findings
   */
  public Optional<First> first(FindingQuery query, Ordering order, int most) {
    if (!order.isByValue() || !query.isAnyPlace() || !areComplete()) {
      return Optional.empty();
    }
    Where values = query.values();
    query.addFacetsOfValue(values);
    order.goOnAtValue(values);
    // They are stored in this order.
    String clause = " ORDER BY rowid %s LIMIT %d".formatted(order.direction(), most + SPARE_VALUES);
    String hashes =
        store.ask(
            "SELECT value_hash FROM histograms WHERE " + values.sql() + clause,
            values.parameters(),
            KnownValues::listed);
    Where where = new Where();
    query.addFacets(where);
    addHashes(where, hashes);
    order.goOnAmongValues(where);
    String sorting = "list_position(CAST(? AS UBIGINT[]), value_hash), place " + order.direction();
    return Optional.of(new First(where, sorting, hashes));
  }

  private static void addHashes(Where where, String hashes) {
    where.and("value_hash IN (SELECT unnest(CAST(? AS UBIGINT[])))", hashes);
  }

  private static String listed(ResultSet rows) throws SQLException {
    List<String> hashes = new ArrayList<>();
    while (rows.next()) {
      hashes.add(rows.getString(1));
    }
    return hashes.toString();
  }

  /**
   * The hashes of the matching values, in DuckDB's notation for lists; empty if there are too many.
   * Read as one row: with a limit, or with rows read one by one, DuckDB would use only one thread.
   */
  private Optional<String> hashes(Where values) {
    return store.ask(
        """
        SELECT count(*), CASE WHEN count(*) <= %d THEN CAST(min(value_hash, %d) AS VARCHAR) END
        FROM histograms WHERE %s\
        """
            .formatted(MOST_VALUES, MOST_VALUES + 1, values.sql()),
        values.parameters(),
        rows -> {
          boolean any = rows.next() && rows.getLong(1) > 0;
          return any ? Optional.ofNullable(rows.getString(2)) : Optional.of("[]");
        });
  }
}
