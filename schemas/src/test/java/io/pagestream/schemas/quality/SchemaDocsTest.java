package io.pagestream.schemas.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class SchemaDocsTest {
  /** Words, one of which must name the unit of a number. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?i)\\b(bytes?|pages?|runs?|blocks?|run index(es)?|index|findings|failed analyses"
              + "|number of (the row|pages))\\b");

  @Test
  void everyRecordAndEnumSaysWhatItIs() {
    assertThat(AllSchemas.named())
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(schema.getDoc()).as(schema.getName()).isNotBlank());
  }

  @Test
  void everyFieldSaysWhatItHolds() {
    assertThat(fields())
        .isNotEmpty()
        .allSatisfy(field ->
            assertThat(field.field().doc())
                .as(field.name())
                .isNotBlank()
                .matches("(?s)[\\p{Lu}'].*[.…]"));
  }

  @Test
  void everyQuantitySaysItsUnit() {
    assertThat(fields().stream().filter(field -> isNumber(field.field().schema())))
        .isNotEmpty()
        .allSatisfy(
            field -> assertThat(field.field().doc()).as(field.name()).containsPattern(UNIT));
  }

  @Test
  void everySchemaFileIsOneRecordOrEnumOfItsNameThatATopicCarries() throws IOException {
    List<String> names = AllSchemas.named().stream().map(Schema::getName).toList();
    try (var files = Files.list(Path.of("src/main/avro"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".avsc", "")))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  private record NamedField(String name, Schema.Field field) {}

  private static List<NamedField> fields() {
    List<NamedField> fields = new ArrayList<>();
    for (Schema record : AllSchemas.records()) {
      for (Schema.Field field : record.getFields()) {
        fields.add(new NamedField(record.getName() + "." + field.name(), field));
      }
    }
    return fields;
  }

  private static boolean isNumber(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case ARRAY -> isNumber(schema.getElementType());
      case MAP -> isNumber(schema.getValueType());
      case UNION -> schema.getTypes().stream().anyMatch(SchemaDocsTest::isNumber);
      case RECORD, ENUM, FIXED, STRING, BYTES, BOOLEAN, NULL -> false;
    };
  }
}
