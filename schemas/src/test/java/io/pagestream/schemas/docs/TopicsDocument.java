package io.pagestream.schemas.docs;

import io.pagestream.schemas.quality.AllSchemas;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** {@code docs/topics.md}: every topic, record and field, as a document. */
final class TopicsDocument {
  private final StringBuilder text = new StringBuilder();

  private TopicsDocument() {}

  static String write() {
    TopicsDocument document = new TopicsDocument();
    document.introduction();
    document.overview();
    Topics.all().forEach(document::topic);
    document.line("## Records");
    document.line("");
    AllSchemas.records().forEach(document::record);
    document.line("## Words");
    document.line("");
    AllSchemas.named().stream()
        .filter(schema -> schema.getType() == Schema.Type.ENUM)
        .forEach(document::words);
    return document.text.toString().stripTrailing() + "\n";
  }

  private void introduction() {
    line("# Topics");
    line("");
    line("Generated from `Topics.java` and the schemas in `schemas/src/main/avro`; do not edit.");
    line("`mvn -pl schemas test -Dtest=TopicsDocumentTest -Dregenerate` regenerates it.");
    line("");
    line(
        "Names carry a prefix, `"
            + Topics.DEFAULT_PREFIX
            + "` unless another is given. Values are");
    line(
        "Avro in single-object encoding: `C3 01`, the schema's CRC-64-AVRO fingerprint in 8 bytes,");
    line(
        "little-endian, then the body. The rules for schema changes are in [schemas.md](schemas.md);");
    line("[asyncapi.json](asyncapi.json) is the machine-readable form.");
    line("");
  }

  private void overview() {
    line("| topic | key | value | cleanup | partitions |");
    line("|---|---|---|---|---|");
    for (Topic topic : Topics.all()) {
      line(
          "| [`%s`](#%s) | `%s` | %s | %s | %s |"
              .formatted(
                  topic.id(),
                  topic.id(),
                  topic.key(),
                  type(topic.value()),
                  topic.settings().getOrDefault("cleanup.policy", "delete"),
                  topic.partitioned() ? "as configured" : "1"));
    }
    line("");
  }

  private void topic(Topic topic) {
    line("## " + topic.id());
    line("");
    line(topic.carries());
    line("");
    line("| setting | value |");
    line("|---|---|");
    new TreeMap<>(topic.settings())
        .forEach((name, value) -> line("| `%s` | `%s` |".formatted(name, value)));
    line("");
  }

  private void record(Schema record) {
    line("### " + record.getName());
    line("");
    line(cell(record.getDoc()));
    line("");
    line("| field | type | holds | default |");
    line("|---|---|---|---|");
    for (Schema.Field field : record.getFields()) {
      line(
          "| `%s` | %s | %s | %s |"
              .formatted(field.name(), type(field.schema()), cell(field.doc()), preset(field)));
    }
    line("");
  }

  private void words(Schema words) {
    line("### " + words.getName());
    line("");
    line(cell(words.getDoc()));
    line("");
    line(
        words.getEnumSymbols().stream()
            .map(symbol -> "`" + symbol + "`")
            .collect(Collectors.joining(", ", "One of ", ".")));
    line("");
  }

  private static String type(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM ->
          "[%s](#%s)".formatted(schema.getName(), schema.getName().toLowerCase(Locale.ROOT));
      case ARRAY -> "list of " + type(schema.getElementType());
      case MAP -> "map of " + type(schema.getValueType());
      case UNION ->
          schema.getTypes().stream().map(TopicsDocument::type).collect(Collectors.joining(" or "));
      case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
          schema.getType().getName();
    };
  }

  private static String preset(Schema.Field field) {
    if (!field.hasDefaultValue()) {
      return "";
    }
    return switch (field.defaultVal()) {
      case JsonProperties.Null none -> "`null`";
      case String text -> "`\"" + text + "\"`";
      case byte[] bytes -> "`\"" + HexFormat.of().formatHex(bytes) + "\"`";
      case Object value -> "`" + value + "`";
    };
  }

  /** Text within a table's cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
