package io.pagestream.cases.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The decision tables in {@code docs/cache-policy.md}. The document itself is the resource (the
 * mapper's tests compare it with the code), so that an explanation cannot deviate from it.
 */
public final class PolicyRows {
  private static final String RESOURCE = "cache-policy.md";
  private static final Pattern PROFILE = Pattern.compile("##+ Profile `([a-z0-9-]+)`.*");
  private static final Pattern NUMBER = Pattern.compile("[A-Z]?([0-9]{1,4})");

  /** Key of the additional rows of Pagestream, which belong to no profile. */
  private static final String READER = "";

  /** Refers to the source of the row before. */
  private static final String SAME = "the same";

  private final Map<String, PolicyRow> rows = new HashMap<>();

  private PolicyRows() {}

  /** The tables of this version. */
  public static PolicyRows load() {
    try (InputStream in = PolicyRows.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + RESOURCE);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables of a document: those whose first column is {@code #}. */
  static PolicyRows parse(Stream<String> document) {
    PolicyRows rows = new PolicyRows();
    String profile = READER;
    List<String> columns = List.of();
    String sourceBefore = "";
    for (String line : (Iterable<String>) document::iterator) {
      if (line.startsWith("## ")) {
        Matcher heading = PROFILE.matcher(line);
        profile = heading.matches() ? heading.group(1) : READER;
      }
      if (!line.startsWith("|")) {
        columns = List.of();
        continue;
      }
      List<String> cells = cells(line);
      if (columns.isEmpty()) {
        columns = cells;
      } else if (columns.getFirst().equals("#")) {
        sourceBefore = rows.add(profile, columns, cells, sourceBefore);
      }
    }
    return rows;
  }

  /** Adds a row; returns its source, to which the next row may refer as "the same". */
  private String add(
      String profile, List<String> columns, List<String> cells, String sourceBefore) {
    Matcher number = NUMBER.matcher(cells.getFirst());
    if (!number.matches()) {
      return ""; // the line below the header
    }
    Map<String, String> byColumn = new HashMap<>();
    for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
      byColumn.put(columns.get(i), cells.get(i));
    }
    String given = byColumn.getOrDefault("source", byColumn.getOrDefault("why", ""));
    boolean same = given.startsWith(SAME) && !sourceBefore.isEmpty();
    String source = same ? sourceBefore + given.substring(SAME.length()) : given;
    rows.put(
        key(profile, Integer.parseInt(number.group(1))),
        new PolicyRow(
            profile,
            byColumn.getOrDefault("condition", ""),
            byColumn.getOrDefault("verdict", ""),
            byColumn.getOrDefault("granted", ""),
            source));
    // What a row adds to the source of another is not the next row's.
    return same ? sourceBefore : source;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return Stream.of(inner.split("\\|", -1)).map(cell -> cell.strip().replace("`", "")).toList();
  }

  private static String key(String profile, int number) {
    return profile + ':' + number;
  }

  /** The row with a number in a profile; the additional rows of Pagestream are in every profile. */
  public Optional<PolicyRow> row(String profile, int number) {
    PolicyRow own = rows.get(key(profile, number));
    return Optional.ofNullable(own == null ? rows.get(key(READER, number)) : own);
  }

  /** Number of rows in all tables. */
  int size() {
    return rows.size();
  }
}
