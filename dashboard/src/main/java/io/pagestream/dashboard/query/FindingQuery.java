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
 * Which findings are wanted.
 *
 * @param facets values wanted of each facet; none for all
 * @param text what the value must hold; empty for anything
 * @param match how the text is meant
 * @param from first physical address, or null
 * @param to last physical address, or null
 * @param alertTerms what one of must be in the value, in lower case; null if that does not matter
 * @param ids ids of which it must be one; null if that does not matter
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
    /** The value holds it, whatever the case of letters. */
    CONTAINS,
    /** The value is it. */
    EXACT,
    /** The value matches it as a regular expression (RE2: its time is linear in the value). */
    REGEX
  }

  /** The findings with what the view leaves out: the hash of the value. */
  public static final String FINDINGS =
      """
      (SELECT rowid AS place, replace(CAST(finding_id AS VARCHAR), '-', '') AS finding_id,
        * EXCLUDE (finding_id) FROM finding_rows)\
      """;

  /** By the column that is kept; the view's is computed from it for every row. */
  public static final String BY_ID =
      "place IN (SELECT rowid FROM finding_rows WHERE finding_id = CAST(? AS UUID))";

  /** The parameters that it reads. */
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
   * @param noted ids of findings with a tag; asked only if the request wants these
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

  /** Finds what people have noted. */
  @FunctionalInterface
  public interface Noted {
    /** Ids of the findings with a tag; {@code *} stands for every finding with a tag or a note. */
    List<String> with(String tag);
  }

  /** Whether the facets alone decide, so that counts are known without reading findings. */
  public boolean isFacetsOnly() {
    return !asksValues() && isAnyPlace();
  }

  /** Whether something is asked about the value. */
  public boolean asksValues() {
    return !text.isEmpty() || alertTerms != null;
  }

  /** Whether facets and values alone decide. */
  public boolean isAnyPlace() {
    return from == null && to == null && ids == null;
  }

  /** Which places and ids are wanted. */
  Where places() {
    Where where = new Where();
    if (from != null) {
      where.and("physical_address >= ?", from);
    }
    if (to != null) {
      where.and("physical_address <= ?", to);
    }
    oneOf(where, ids, BY_ID);
    return where;
  }

  /** Adds what is asked about the value. */
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

  /** Which rows of the histograms are wanted: their values and kinds. */
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
