package io.pagestream.dashboard.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of a list of findings and the position from which to continue. Pages of the list are
 * found by the last row's key, not by counting rows, so that the millionth page costs as much as
 * the first.
 *
 * @param column the sort column, from a closed set; equal values are in the order of the store
 * @param descending whether the largest comes first
 * @param after the last row shown: its position, and its value unless the list is sorted by values;
 *     empty for the beginning
 */
public record Ordering(String column, boolean descending, List<String> after) {
  /** The position of a finding in the store: in a finished case by image, address, kind, id. */
  public static final String PLACE = "place";

  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("sort", "dir", "after");

  private static final String VALUE_THERE = "(SELECT value FROM finding_rows WHERE rowid = ?)";
  private static final List<String> COLUMNS = List.of("place", "address", "value", "kind");
  private static final Map<String, String> NAMES =
      Map.of("place", PLACE, "address", "physical_address", "value", "value", "kind", "kind");

  /** Copies its list. */
  public Ordering {
    after = List.copyOf(after);
  }

  /** Reads {@code sort}, {@code dir} and {@code after}. */
  public static Ordering of(Asked asked) {
    String column = String.valueOf(NAMES.get(asked.word("sort", COLUMNS)));
    boolean descending = asked.word("dir", List.of("asc", "desc")).equals("desc");
    String cursor = asked.text("after");
    return new Ordering(column, descending, cursor.isEmpty() ? List.of() : decoded(cursor));
  }

  private static List<String> decoded(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int comma = text.indexOf(',');
      if (comma > 0) {
        var unusedPlace = Long.parseLong(text.substring(0, comma));
        return List.of(text.substring(0, comma), text.substring(comma + 1));
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new BadQuestion("after is not a valid cursor");
  }

  /** The cursor after a row. */
  public String cursor(long place, Object value) {
    String text = place + "," + (column.equals(PLACE) ? "" : value);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether the list is sorted by values, which are too long for a cursor. */
  boolean isByValue() {
    return column.equals("value");
  }

  /** Column of a row that its cursor contains in addition to its position. */
  public String key() {
    return isByValue() ? "''" : column;
  }

  /** Adds that rows come after the last one shown. */
  public void goOn(Where where) {
    if (after.isEmpty()) {
      return;
    }
    String beyond = descending ? "<" : ">";
    long place = Long.parseLong(after.getFirst());
    if (column.equals(PLACE)) {
      where.and("place " + beyond + " ?", place);
      return;
    }
    Object value =
        isByValue()
            ? place
            : column.equals("physical_address") ? number(after.get(1)) : after.get(1);
    where.and(
        "%1$s %2$s %3$s OR (%1$s = %3$s AND place %2$s ?)"
            .formatted(column, beyond, isByValue() ? VALUE_THERE : "?"),
        value,
        value,
        place);
  }

  /** Adds to a condition on values that they are not before that of the last row shown. */
  void goOnAtValue(Where where) {
    if (!after.isEmpty()) {
      where.and(
          "value %s %s".formatted(descending ? "<=" : ">=", VALUE_THERE),
          Long.parseLong(after.getFirst()));
    }
  }

  /** Adds the condition for findings with the same value as the last row shown. */
  void goOnAmongValues(Where where) {
    if (!after.isEmpty()) {
      long place = Long.parseLong(after.getFirst());
      where.and(
          "value_hash <> hash(%s) OR place %s ?".formatted(VALUE_THERE, descending ? "<" : ">"),
          place,
          place);
    }
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new BadQuestion("after is not a valid cursor");
    }
  }

  /** The ORDER BY clause. */
  public String sql() {
    return "%splace %s"
        .formatted(column.equals(PLACE) ? "" : column + " " + direction() + ", ", direction());
  }

  String direction() {
    return descending ? "DESC" : "ASC";
  }
}
