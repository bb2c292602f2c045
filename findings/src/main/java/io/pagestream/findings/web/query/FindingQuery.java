package io.pagestream.findings.web.query;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** By the column that is kept; the view's is computed from it for every row. */
  public static final String BY_ID =
      "place IN (SELECT rowid FROM finding_rows WHERE finding_id = CAST(? AS UUID))";

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
    return text.isEmpty() && from == null && to == null && alertTerms == null && ids == null;
  }

  /** Everything but the facets. */
  public Where otherThanFacets() {
    Where where = new Where();
    if (from != null) {
      where.and("physical_address >= ?", from);
    }
    if (to != null) {
      where.and("physical_address <= ?", to);
    }
    if (!text.isEmpty()) {
      switch (match) {
        case CONTAINS -> where.and("contains(lower(value), ?)", text.toLowerCase(Locale.ROOT));
        case EXACT -> where.and("value = ?", text);
        case REGEX -> where.and("regexp_matches(value, ?)", text);
      }
    }
    oneOf(where, alertTerms, "contains(lower(value), ?)");
    oneOf(where, ids, BY_ID);
    return where;
  }

  private static void oneOf(Where where, @Nullable List<String> values, String condition) {
    if (values != null) {
      String any = String.join(" OR ", java.util.Collections.nCopies(values.size(), condition));
      where.and(values.isEmpty() ? "false" : any, values.toArray());
    }
  }

  /** The whole condition. */
  public Where where() {
    Where where = otherThanFacets();
    facets.forEach((facet, values) -> where.in(facet.column(), values));
    return where;
  }
}
