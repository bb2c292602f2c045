package io.pagestream.cases.finding;

import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.FindingLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One column of findings. The columns are the fields of {@code Finding.avsc} in their order, with
 * the location replaced by its fields. Everything that lists the fields of a finding is derived
 * from {@link #ALL}: the JSON lines, the store's tables and views, the statements that load them,
 * CSV and the API.
 */
public final class FindingColumn {
  /** The content of a column, with its SQL type. */
  public enum Type {
    /** 32 lower-case hex digits. */
    ID("UUID"),
    /** Text. */
    TEXT("VARCHAR"),
    /** A constant of an enum, as its kebab-case word. */
    WORD("VARCHAR"),
    /** A number of 32 bits. */
    INTEGER("INTEGER"),
    /** A number of 64 bits. */
    LONG("BIGINT"),
    /** Texts by name. */
    TEXTS("JSON");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    /** The SQL type. */
    public String sql() {
      return sql;
    }
  }

  /** All columns, in order. */
  public static final List<FindingColumn> ALL = derive();

  private final String json;
  private final Type type;
  private final int field;
  private final int inner;
  private final List<? extends Enum<?>> constants;
  private final List<String> words;
  private final @Nullable Object otherwise;

  private FindingColumn(Schema.Field field, int outer, int inner) {
    // The address has a different name outside of the location, because "address" alone is
    // ambiguous.
    this.json = inner >= 0 && field.name().equals("address") ? "physicalAddress" : field.name();
    this.type = field.name().equals("findingId") ? Type.ID : type(field.schema());
    this.field = outer;
    this.inner = inner;
    this.constants = type == Type.WORD ? constants(field.schema()) : List.of();
    this.words = constants.stream().map(Words::of).toList();
    this.otherwise = field.hasDefaultValue() ? standard(field.defaultVal()) : null;
  }

  private static List<FindingColumn> derive() {
    List<FindingColumn> columns = new ArrayList<>();
    for (Schema.Field field : Finding.getClassSchema().getFields()) {
      if (field.schema().getType() == Schema.Type.RECORD) {
        for (Schema.Field inner : field.schema().getFields()) {
          columns.add(new FindingColumn(inner, field.pos(), inner.pos()));
        }
      } else {
        columns.add(new FindingColumn(field, field.pos(), -1));
      }
    }
    return List.copyOf(columns);
  }

  private static Type type(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> Type.TEXT;
      case ENUM -> Type.WORD;
      case INT -> Type.INTEGER;
      case LONG -> Type.LONG;
      case MAP -> Type.TEXTS;
      case RECORD, ARRAY, UNION, FIXED, BYTES, FLOAT, DOUBLE, BOOLEAN, NULL ->
          throw new IllegalStateException("findings have no columns of type " + schema);
    };
  }

  private static List<? extends Enum<?>> constants(Schema schema) {
    try {
      // Avro's own lookup works only after other code has declared the package as trusted.
      Class<?> type = Class.forName(schema.getFullName());
      return Arrays.stream(type.getEnumConstants()).map(constant -> (Enum<?>) constant).toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("there is no class for " + schema.getFullName(), e);
    }
  }

  private Object standard(Object value) {
    return switch (type) {
      case WORD -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
      case TEXTS, ID, TEXT, INTEGER, LONG -> value;
    };
  }

  /** The column of a JSON field; null if there is none. */
  public static @Nullable FindingColumn ofJson(String name) {
    for (FindingColumn column : ALL) {
      if (column.json.equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** A finding in which every column has its default or the constant for an unknown value. */
  public static Finding blank() {
    Finding finding = new Finding();
    finding.setLocation(new FindingLocation());
    ALL.forEach(column -> column.put(finding, column.unknown()));
    return finding;
  }

  private Object unknown() {
    if (otherwise != null) {
      return otherwise;
    }
    return switch (type) {
      case ID, TEXT, WORD -> ""; // no word: the constant for an unknown value
      case INTEGER -> 0;
      case LONG -> 0L;
      case TEXTS -> Map.of();
    };
  }

  /** Name as a field of JSON. */
  public String json() {
    return json;
  }

  /** Name as a column of SQL. */
  public String sql() {
    return json.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The type of its content. */
  public Type type() {
    return type;
  }

  /** The value for cases written before this column existed; null if it always existed. */
  public @Nullable Object otherwise() {
    return otherwise;
  }

  /** The value in a finding: a text, a word, a number, or texts by name. */
  public Object value(Finding finding) {
    Object value = finding.get(field);
    if (inner >= 0) {
      value = ((SpecificRecord) value).get(inner);
    }
    return Objects.requireNonNull(
        value instanceof Enum<?> constant ? words.get(constants.indexOf(constant)) : value);
  }

  /**
   * Sets the value in a finding.
   *
   * @param value as returned by {@link #value}; an unknown word becomes the constant for unknown
   *     values
   */
  public void put(Finding finding, Object value) {
    Object kept = type == Type.WORD ? constant(value.toString()) : value;
    if (inner >= 0) {
      finding.getLocation().put(inner, kept);
    } else {
      finding.put(field, kept);
    }
  }

  /** Whether a word is known to this version. */
  public boolean knows(String word) {
    return words.contains(word);
  }

  private Enum<?> constant(String word) {
    int known = words.indexOf(word);
    if (known < 0) {
      known = words.indexOf(otherwise instanceof String text ? text : "unknown");
    }
    return known < 0 ? constants.getLast() : constants.get(known);
  }
}
