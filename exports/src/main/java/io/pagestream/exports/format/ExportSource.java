package io.pagestream.exports.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.live.FindingFilter;
import io.pagestream.cases.map.StoreMap;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The findings to export: those of a store that match a filter. */
public final class ExportSource {
  private static final TypeReference<HashMap<String, String>> TEXTS = new TypeReference<>() {};

  private static final String COLUMNS =
      FindingColumn.ALL.stream().map(FindingColumn::sql).collect(Collectors.joining(", "));

  private final FindingStore store;
  private final ExportFacts facts;
  private final String warning;
  private final String condition;
  private final List<Object> parameters = new ArrayList<>();
  private final ObjectMapper json = new ObjectMapper();

  /**
   * A source.
   *
   * @param acquired when the images were acquired, if given by the user
   * @param warning a warning about the case's seal; empty if it is valid
   */
  public ExportSource(
      FindingStore store, FindingFilter filter, @Nullable Instant acquired, String warning) {
    this.store = store;
    this.warning = warning;
    List<String> conditions = new ArrayList<>();
    conditions.add("true");
    if (!filter.kinds().isEmpty()) {
      conditions.add(isOneOf("kind", filter.kinds().stream().sorted().toList()));
    }
    if (!filter.images().isEmpty()) {
      List<String> images = filter.images().stream().sorted().toList();
      conditions.add("(" + isOneOf("image_id", images) + " OR " + isOneOf("image", images) + ")");
    }
    if (filter.least() != Confidence.UNRATED) {
      // All findings of a kind have the same confidence, and tables of values have only kinds.
      String sure = isOneOf("confidence", filter.confidences().stream().map(Words::of).toList());
      conditions.add("kind IN (SELECT kind FROM facets WHERE " + sure + ")");
    }
    this.condition = String.join(" AND ", conditions);
    this.facts = readFacts(acquired);
  }

  private String isOneOf(String column, List<String> values) {
    parameters.addAll(values);
    return column + " IN (" + "?, ".repeat(values.size() - 1) + "?)";
  }

  private ExportFacts readFacts(@Nullable Instant acquired) {
    Map<String, String> cases =
        store.ask(
            "SELECT name, value FROM case_facts",
            List.of(),
            rows -> {
              Map<String, String> found = new HashMap<>();
              while (rows.next()) {
                String value = rows.getString(2);
                found.put(rows.getString(1), value == null ? "" : value);
              }
              return found;
            });
    List<ExportFacts.Image> images =
        store.ask(
            "SELECT image_id, name, size_bytes, sha256 FROM images ORDER BY place",
            List.of(),
            rows -> {
              List<ExportFacts.Image> found = new ArrayList<>();
              while (rows.next()) {
                found.add(
                    new ExportFacts.Image(
                        rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4)));
              }
              return found;
            });
    return new ExportFacts(
        cases.getOrDefault("version", ""),
        instant(cases.get("started")),
        instant(cases.get("ended")),
        acquired,
        images);
  }

  private static Instant instant(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH; // a manifest that was edited
    }
  }

  /** A warning about the case's seal, in one line; empty if it is valid. */
  public String warning() {
    return warning;
  }

  /** Information about the case. */
  public ExportFacts facts() {
    return facts;
  }

  /** The memory map of an image, independent of the filter. */
  StoreMap map(String imageId) {
    return new StoreMap(store, imageId);
  }

  /** Receives findings; the record is reused for the next one. */
  @FunctionalInterface
  public interface Receiver {
    /** Takes one. */
    void take(Finding finding) throws IOException;
  }

  /** Writes the rows of a result immediately. */
  @FunctionalInterface
  public interface RowWriter {
    /** Writes; the cursor is before the first row. */
    void write(ResultSet rows) throws SQLException, IOException;
  }

  /**
   * Delivers the findings in the order of the case.
   *
   * @return how many there were
   */
  public long forEach(Receiver receiver) throws IOException {
    return forEach("true", List.of(), receiver);
  }

  /**
   * The same for findings that meet an additional condition, in SQL with {@code ?} for parameters.
   */
  long forEach(String also, List<?> alsoParameters, Receiver receiver) throws IOException {
    long[] count = {0};
    // Not sorted: a store's rows are in the order of the case, which DuckDB preserves.
    select(
        "SELECT " + COLUMNS + " FROM findings WHERE {condition} AND (" + also + ")",
        alsoParameters,
        rows -> {
          Finding finding = FindingColumn.blank();
          while (rows.next()) {
            fill(finding, rows);
            receiver.take(finding);
            count[0]++;
          }
        });
    return count[0];
  }

  /**
   * Queries the findings that match the filter.
   *
   * @param sql with {@code {condition}} as the placeholder of the filter's condition, before all
   *     other {@code ?}
   */
  void select(String sql, List<?> moreParameters, RowWriter writer) throws IOException {
    List<Object> all = new ArrayList<>(parameters);
    all.addAll(moreParameters);
    write(sql.replace("{condition}", condition), all, writer);
  }

  /** Queries the case, independent of the filter. */
  void selectAll(String sql, List<?> all, RowWriter writer) throws IOException {
    write(sql, all, writer);
  }

  private void write(String sql, List<?> all, RowWriter writer) throws IOException {
    try {
      store.ask(
          sql,
          all,
          rows -> {
            try {
              writer.write(rows);
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Lets the store write a file, see {@link FindingStore#copy}. */
  long copy(String sql, Path file) {
    return store.copy(sql, file);
  }

  /** The filter as literal text for a statement that accepts no parameters: {@code COPY}. */
  String literalCondition() {
    StringBuilder sql = new StringBuilder();
    int next = 0;
    for (int i = 0; i < condition.length(); i++) {
      char c = condition.charAt(i);
      if (c == '?') {
        sql.append('\'').append(parameters.get(next++).toString().replace("'", "''")).append('\'');
      } else {
        sql.append(c);
      }
    }
    return sql.toString();
  }

  private void fill(Finding finding, ResultSet rows) throws SQLException, IOException {
    int at = 1;
    for (FindingColumn column : FindingColumn.ALL) {
      Object value =
          switch (column.type()) {
            case ID, TEXT, WORD -> rows.getString(at);
            case INTEGER -> rows.getInt(at);
            case LONG -> rows.getLong(at);
            case TEXTS -> attributes(rows.getString(at));
          };
      column.put(finding, value);
      at++;
    }
  }

  private Map<String, String> attributes(String text) throws IOException {
    try {
      return text.equals("{}") ? new HashMap<>() : json.readValue(text, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IOException("the attributes of a finding are not a JSON object of strings", e);
    }
  }
}
