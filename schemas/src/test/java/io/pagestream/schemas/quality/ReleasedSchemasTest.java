package io.pagestream.schemas.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.schemas.codec.ReleasedSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Full, transitive compatibility: what any release wrote can be read today, and what is written
 * today can be read by any release. {@code docs/schemas.md} describes how a release is recorded.
 */
final class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/main/resources/released");

  @Test
  void everySchemaReadsAndIsReadByEveryReleasedVersionOfIt() throws IOException {
    Map<String, Schema> current =
        AllSchemas.records().stream()
            .collect(Collectors.toMap(Schema::getName, Function.identity()));
    for (String path : ReleasedSchemas.paths()) {
      Schema released = new Schema.Parser().parse(resource("/released/" + path));
      Schema today = current.get(released.getName());
      if (today == null) {
        throw new AssertionError(path + " was released, so the record must stay");
      }
      assertThat(incompatibilities(today, released)).as("reading what %s wrote", path).isEmpty();
      assertThat(incompatibilities(released, today)).as("being read by %s", path).isEmpty();
    }
  }

  @Test
  void everyReleasedFileIsListed() throws IOException {
    List<String> files = new ArrayList<>();
    try (var walk = Files.walk(RELEASED)) {
      walk.filter(file -> file.toString().endsWith(".avsc"))
          .forEach(file -> files.add(RELEASED.relativize(file).toString()));
    }
    assertThat(ReleasedSchemas.paths()).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void theTestNoticesAFieldWithoutADefault() {
    Schema before = record("{\"name\": \"a\", \"type\": \"long\"}");
    Schema after =
        record("{\"name\": \"a\", \"type\": \"long\"}, {\"name\": \"b\", \"type\": \"long\"}");
    assertThat(incompatibilities(after, before)).isNotEmpty();
    assertThat(incompatibilities(before, after)).isEmpty();
  }

  /** Not a test: records the schemas of a release. See {@code docs/schemas.md}. */
  @Test
  @EnabledIfSystemProperty(named = "release", matches = "[0-9]+\\.[0-9]+\\.[0-9]+")
  void recordARelease() throws IOException {
    String version = System.getProperty("release");
    Path folder = Files.createDirectories(RELEASED.resolve(version));
    TreeSet<String> index = new TreeSet<>(Files.readAllLines(RELEASED.resolve("index.txt")));
    index.removeIf(String::isBlank);
    for (Schema record : AllSchemas.records()) {
      String name = record.getName() + ".avsc";
      Files.writeString(folder.resolve(name), pretty(record) + "\n");
      index.add(version + "/" + name);
    }
    Files.writeString(RELEASED.resolve("index.txt"), String.join("\n", index) + "\n");
  }

  private static String pretty(Schema schema) throws IOException {
    return new ObjectMapper().readTree(schema.toString()).toPrettyString();
  }

  private static List<?> incompatibilities(Schema reader, Schema writer) {
    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return compatibility.getType() == SchemaCompatibilityType.COMPATIBLE
        ? List.of()
        : compatibility.getResult().getIncompatibilities();
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReleasedSchemas.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
