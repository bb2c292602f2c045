package io.pagestream.dashboard.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects findings.
 *
 * @param facets selected values of each facet; none for all
 * @param text text that the value must match; empty for any value
 * @param match how the text is compared
 * @param from first physical address, or null
 * @param to last physical address, or null
 * @param alertTerms terms of which the value must contain at least one, in lower case; null for any
 *     value
 * @param ids selected ids; null for all
 */
public record FindingQuery(
    Map<Facet, List<String>> facets,
    String text,
    Match match,
    @Nullable Long from,
    @Nullable Long to,
    @Nullable List<String> alertTerms,
    @Nullable List<String> ids) {

  /** How a text is compared with a value. */
  public enum Match {
    /** The value contains it, ignoring case. */
    CONTAINS,
    /** The value equals it. */
    EXACT,
    /** The value matches it as a regular expression (RE2: its time is linear in the value). */
    REGEX
  }

  /** The findings with a column that the view omits: the hash of the value. */
  public static final String FINDINGS =
      """
      (SELECT rowid AS place, replace(CAST(finding_id AS VARCHAR), '-', '') AS finding_id,
        * EXCLUDE (finding_id) FROM finding_rows)\
      """;

  /** Uses the stored column; that of the view is computed from it for every row. */
  public static final String BY_ID =
      "place IN (SELECT rowid FROM finding_rows WHERE finding_id = CAST(? AS UUID))";

  /** The accepted parameters. */
  public static final Set<String> PARAMETERS =
      Stream.concat(
              Arrays.stream(Facet.values()).map(Facet::parameter),
              Stream.of("q", "match", "from", "to", "alerts", "tag"))
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> MATCHES = List.of("contains", "exact", "regex");
  private static final int MOST_PATTERN = 256;

  /** Copies its map. */
  public FindingQuery {
    facets = Map.copyOf(facets);
  }

  /**
   * Reads a request's parameters.
   *
   * @param alerts the terms of the alert list
   * @param noted returns ids of findings with a tag; called only if the request selects them
   */
  public static FindingQuery of(Asked asked, List<String> alerts, Noted noted) {
    Map<Facet, List<String>> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      List<String> values = asked.texts(facet.parameter());
      if (!values.isEmpty()) {
        facets.put(facet, values);
      }
    }
    String text = asked.text("q");
    Match match = Match.valueOf(asked.word("match", MATCHES).toUpperCase(Locale.ROOT));
    if (match == Match.REGEX && text.length() > MOST_PATTERN) {
      throw new BadQuestion("the pattern is longer than " + MOST_PATTERN + " characters");
    }
    String tag = asked.text("tag");
    return new FindingQuery(
        facets,
        text,
        match,
        asked.address("from"),
        asked.address("to"),
        asked.word("alerts", List.of("no", "yes")).equals("yes") ? alerts : null,
        tag.isEmpty() ? null : noted.with(tag));
  }

  /** Finds findings with tags or notes. */
  @FunctionalInterface
  public interface Noted {
    /** Ids of the findings with a tag; {@code *} means every finding with a tag or a note. */
    List<String> with(String tag);
  }

  /**
   * Whether the query depends only on facets, so that counts are known without reading findings.
   */
  public boolean isFacetsOnly() {
    return !asksValues() && isAnyPlace();
  }

  /** Whether the query has a condition on the value. */
  public boolean asksValues() {
    return !text.isEmpty() || alertTerms != null;
  }

  /** Whether the query depends only on facets and values. */
  public boolean isAnyPlace() {
    return from == null && to == null && ids == null;
  }

  /** Adds the conditions on addresses and ids. */
  Where places() {
    Where where = new Where();
    if (from != null) {
      where.and("space = 'physical' AND physical_address >= ?", from);
    }
    if (to != null) {
      where.and("space = 'physical' AND physical_address <= ?", to);
    }
    oneOf(where, ids, BY_ID);
    return where;
  }

  /** Adds the condition on the value. */
  public void addValues(Where where) {
    if (!text.isEmpty()) {
      switch (match) {
        case CONTAINS -> where.and("contains(lower(value), ?)", text.toLowerCase(Locale.ROOT));
        case EXACT -> where.and("value = ?", text);
        case REGEX -> where.and("regexp_matches(value, ?)", text);
      }
    }
    oneOf(where, alertTerms, "contains(lower(value), ?)");
  }

  private static void oneOf(Where where, @Nullable List<String> values, String condition) {
    if (values != null) {
      String any = String.join(" OR ", Collections.nCopies(values.size(), condition));
      where.and(values.isEmpty() ? "false" : any, values.toArray());
    }
  }

  /** The condition on rows of the histograms: their values and kinds. */
  Where values() {
    Where where = new Where().in(Facet.KIND.column(), facets.getOrDefault(Facet.KIND, List.of()));
    addValues(where);
    return where;
  }

  /** Adds the facets. */
  void addFacets(Where where) {
    facets.forEach((facet, values) -> where.in(facet.column(), values));
  }

  /** Adds to a condition on histograms that a finding with the value has the facets. */
  void addFacetsOfValue(Where where) {
    if (!Set.of(Facet.KIND).containsAll(facets.keySet())) {
      Where wanted = new Where();
      addFacets(wanted);
      where.and(
          "value_hash IN (SELECT value_hash FROM value_facets WHERE facet IN (SELECT facet FROM facets WHERE %s))"
              .formatted(wanted.sql()),
          wanted.parameters().toArray());
    }
  }
}
