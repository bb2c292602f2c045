package io.pagestream.findings.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person looks for among the findings, asked so that ten million rows do not slow it: what
 * the facets or the histograms know is not counted again, a text is looked up among the distinct
 * values first, and pages are read from where the last one ended.
 *
 * @param kinds kinds; empty for all
 * @param images image ids; empty for all
 * @param verdicts verdicts; empty for all
 * @param text text that the value contains, whatever its case, or a regular expression (RE2, which
 *     takes linear time) that it matches somewhere; null for any value
 * @param regex whether the text is a regular expression
 * @param fromAddress lowest physical address, in bytes; 0 for all
 * @param toAddress first physical address above; {@link Long#MAX_VALUE} for all
 */
public record FindingSearch(
    Set<String> kinds,
    Set<String> images,
    Set<String> verdicts,
    @Nullable String text,
    boolean regex,
    long fromAddress,
    long toAddress) {
  /** Everything. */
  public static final FindingSearch ALL =
      new FindingSearch(Set.of(), Set.of(), Set.of(), null, false, 0, Long.MAX_VALUE);

  /** Columns that can be counted by. */
  public enum Facet {
    KIND,
    IMAGE_ID,
    ANALYZER,
    ENCODING,
    RANGE_KIND,
    CACHE_TYPE,
    VERDICT
  }

  /** With more values than this, looking them up first costs more than reading all. */
  private static final long MOST_VALUES = 20_000;

  /** Copies its sets. */
  public FindingSearch {
    kinds = Set.copyOf(kinds);
    images = Set.copyOf(images);
    verdicts = Set.copyOf(verdicts);
  }

  /** A condition in SQL and its parameters. */
  private record Condition(String sql, List<Object> parameters) {}

  /** How many findings there are of each word of a column. */
  public SortedMap<String, Long> count(FindingStore store, Facet facet) {
    String column = facet.name().toLowerCase(Locale.ROOT);
    Condition condition;
    String from;
    if (text == null && isAnyAddress()) {
      condition = words();
      from = "CAST(sum(count) AS BIGINT) FROM facets";
    } else if (facet == Facet.KIND && isAnyAddress() && images.isEmpty() && verdicts.isEmpty()) {
      condition = and(words(), value());
      from = "CAST(sum(count) AS BIGINT) FROM histograms";
    } else {
      condition = whole(store);
      from = "count(*) FROM finding_rows";
    }
    return store.ask(
        "SELECT %s, %s WHERE %s GROUP BY 1".formatted(column, from, condition.sql()),
        condition.parameters(),
        rows -> {
          SortedMap<String, Long> counts = new TreeMap<>();
          while (rows.next()) {
            counts.put(rows.getString(1), rows.getLong(2));
          }
          return counts;
        });
  }

  /**
   * One page of findings in the order of the store.
   *
   * @param afterPlace the place of the last finding of the page before; -1 for the first page
   * @param most findings on a page
   * @param reader reads the columns of the view {@code findings}
   */
  public <T> T page(FindingStore store, long afterPlace, int most, ResultReader<T> reader) {
    Condition condition = whole(store);
    List<Object> parameters = new ArrayList<>(List.of(afterPlace));
    parameters.addAll(condition.parameters());
    parameters.add(most);
    // Not sorted: rows come in the order in which they lie, and reading ends with the page.
    return store.ask(
        "SELECT rowid AS place, replace(CAST(finding_id AS VARCHAR), '-', '') AS finding_id, image_id, image,"
            + " analyzer, kind, value, physical_address, path, length, context, encoding, range_kind,"
            + " cache_type, verdict, confidence, attributes FROM finding_rows WHERE rowid > ? AND "
            + condition.sql()
            + " LIMIT ?",
        parameters,
        reader);
  }

  private Condition whole(FindingStore store) {
    Condition all = words();
    if (!isAnyAddress()) {
      all =
          and(
              all,
              new Condition(
                  "physical_address >= ? AND physical_address < ?",
                  List.of(fromAddress, toAddress)));
    }
    if (text == null) {
      return all;
    }
    Condition value = value();
    List<String> hashes = matchingHashes(store, value);
    if (hashes.size() > MOST_VALUES) {
      return and(all, value);
    }
    Condition hash =
        new Condition(
            "value_hash IN (SELECT unnest(CAST(? AS UBIGINT[])))", List.of(hashes.toString()));
    // Comparing the values as well would read all of them again: only if two have one hash.
    return areHashesUnique(store) ? and(all, hash) : and(and(all, hash), value);
  }

  private static boolean areHashesUnique(FindingStore store) {
    return store.ask(
        "SELECT value FROM case_facts WHERE name = 'value-hashes-unique'",
        List.of(),
        rows -> rows.next() && "true".equals(rows.getString(1)));
  }

  /** The hashes of the values that match, or one more than are worth looking up. */
  private static List<String> matchingHashes(FindingStore store, Condition value) {
    return store.ask(
        "SELECT DISTINCT value_hash FROM histograms WHERE %s LIMIT %d"
            .formatted(value.sql(), MOST_VALUES + 1),
        value.parameters(),
        rows -> {
          List<String> hashes = new ArrayList<>();
          while (rows.next()) {
            hashes.add(rows.getString(1));
          }
          return hashes;
        });
  }

  private boolean isAnyAddress() {
    return fromAddress <= 0 && toAddress == Long.MAX_VALUE;
  }

  private Condition value() {
    if (text == null) {
      return new Condition("true", List.of());
    }
    return regex
        ? new Condition("regexp_matches(value, ?)", List.of(text))
        : new Condition("contains(lower(value), lower(?))", List.of(text));
  }

  private Condition words() {
    Condition all = new Condition("true", List.of());
    for (Map.Entry<String, Set<String>> words :
        new TreeMap<>(Map.of("kind", kinds, "image_id", images, "verdict", verdicts)).entrySet()) {
      if (!words.getValue().isEmpty()) {
        String marks = "?, ".repeat(words.getValue().size() - 1) + "?";
        all =
            and(
                all,
                new Condition(
                    words.getKey() + " IN (" + marks + ")",
                    List.copyOf(new TreeSet<>(words.getValue()))));
      }
    }
    return all;
  }

  private static Condition and(Condition one, Condition other) {
    List<Object> parameters = new ArrayList<>(one.parameters());
    parameters.addAll(other.parameters());
    return new Condition("(" + one.sql() + ") AND (" + other.sql() + ")", parameters);
  }
}
