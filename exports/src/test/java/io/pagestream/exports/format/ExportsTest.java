package io.pagestream.exports.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.live.FindingFilter;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportsTest {
  private static final StoreSettings SETTINGS = StoreSettings.DEFAULT.withMemoryMebibytes(128);
  private static final Instant ACQUIRED = Instant.parse("2026-11-22T08:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aCase() {
    folder = TwoImages.write(temporary.resolve("case"));
  }

  private ExportRun run(String format, FindingFilter filter, @Nullable Path out) {
    return new ExportRun(Exports.find(format).orElseThrow(), filter, ACQUIRED, out, false);
  }

  private String text(String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ExportRun(Exports.find(format).orElseThrow(), FindingFilter.ALL, ACQUIRED, null, false)
        .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<JsonNode> lines(String format) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : text(format).lines().toList()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jsonl",
        "csv",
        "timesketch",
        "ecs",
        "ecs-template",
        "stix",
        "html",
        "parquet",
        "bulk-extractor",
        "pcap"
      })
  void everyFormatIsPrivateWholeAndTheSameEveryTime(String format) throws IOException {
    Path one = temporary.resolve("one");
    Path other = temporary.resolve("other");
    run(format, FindingFilter.ALL, one)
        .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out);
    run(format, FindingFilter.ALL, other)
        .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
        .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
    List<Path> files;
    try (var all = Files.walk(one)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(other.resolve(one.relativize(file).toString()).normalize())
          .hasSameBinaryContentAs(file);
    }
    assertThatThrownBy(() ->
            run(format, FindingFilter.ALL, one)
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out))
        .hasMessageContaining("PS-103");
    try (var all = Files.list(temporary)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("case", "one", "other");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jsonl", "csv", "timesketch", "ecs", "stix", "html", "parquet", "bulk-extractor"})
  void everyFormatHoldsTheFindingsThatAreAskedFor(String format) {
    assertThat(
            run(
                    format,
                    FindingFilter.of(Set.of("email", "url"), Set.of("small.raw.zst")),
                    temporary.resolve("a"))
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out)
                .written())
        .isEqualTo(4);
    assertThat(
            run(
                    format,
                    FindingFilter.of(Set.of(), Set.of(TwoImages.SECOND)),
                    temporary.resolve("b"))
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out)
                .written())
        .isEqualTo(2);
    assertThat(
            run(
                    format,
                    new FindingFilter(Set.of(), Set.of(), Confidence.HIGH),
                    temporary.resolve("sure"))
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out)
                .written())
        .isEqualTo(1);
    assertThat(
            run(format, FindingFilter.of(Set.of("it's ?"), Set.of()), temporary.resolve("c"))
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out)
                .written())
        .isZero();
  }

  @Test
  void jsonLinesAreTheFileOfTheCase() throws IOException {
    assertThat(text("jsonl")).isEqualTo(Files.readString(folder.resolve("findings.jsonl")));
  }

  @Test
  void csvIsSafeForSpreadsheetsAndHasARowAFinding() {
    List<Finding> hostile = new ArrayList<>();
    List<String> values =
        List.of(
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "a,b", "a\"b", "a\r\nb", "plain",
            " spaced");
    for (int i = 0; i < values.size(); i++) {
      Finding finding = SmallCase.finding(4096L * (i + 1), "email", values.get(i));
      finding.setFindingId("%032x".formatted(i));
      hostile.add(finding);
    }
    TwoImages.write(folder, hostile);
    List<List<String>> rows = CsvRows.parse(text("csv"));
    assertThat(rows).hasSize(values.size() + 1);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(17));
    List<String> read = rows.stream().skip(1).map(row -> row.get(5)).toList();
    assertThat(read)
        .containsExactly(
            "'=1+1",
            "'+1",
            "'-1",
            "'@x",
            "'\\u0009x",
            "'\\u000dx",
            "'\\u000ax",
            "a,b",
            "a\"b",
            "a\\u000d\\u000ab",
            "plain",
            " spaced");
    assertThat(rows.get(1).get(7)).isEqualTo("4096");
  }

  @Test
  void timesketchGetsNoInventedTime() throws IOException {
    List<Finding> findings = new ArrayList<>(TwoImages.FINDINGS);
    Finding gzip = SmallCase.finding(0x9000, "gzip", "gzip of \"a\"");
    gzip.setFindingId("f".repeat(32));
    gzip.setAttributes(new HashMap<>(Map.of("modified", "2020-01-02T03:04:05Z")));
    findings.add(gzip);
    TwoImages.write(folder, findings);
    List<JsonNode> events = lines("timesketch");
    assertThat(events).hasSize(7);
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.get("message").asText()).isNotEmpty();
          assertThat(event.get("timestamp_desc").asText()).isNotEmpty();
          assertThat(Instant.parse(event.get("datetime").asText())).isNotNull();
        });
    assertThat(events.getFirst().get("datetime").asText()).isEqualTo("2026-11-22T08:00:00Z");
    assertThat(events.getFirst().get("timestamp_desc").asText()).isEqualTo("Memory acquisition");
    assertThat(events.getLast().get("datetime").asText()).isEqualTo("2020-01-02T03:04:05Z");

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportCounts counts =
        new ExportRun(
                Exports.find("timesketch").orElseThrow(), FindingFilter.ALL, null, null, false)
            .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, out);
    assertThat(counts.written()).isEqualTo(1);
    assertThat(counts.leftOut()).isEqualTo(6);
    assertThat(counts.why()).contains("--acquired");
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  void everyFieldOfAnEcsDocumentHasATypeInTheTemplate() throws IOException {
    JsonNode mappings = JSON.readTree(text("ecs-template")).at("/template/mappings");
    List<JsonNode> documents = lines("ecs");
    assertThat(documents).hasSize(6);
    for (JsonNode document : documents) {
      typed(document, mappings, "");
      assertThat(document.at("/ecs/version").asText()).isEqualTo(EcsExport.ECS_VERSION);
      assertThat(document.get("@timestamp").asText()).isEqualTo("2026-11-23T12:00:00Z");
    }
    assertThat(documents.get(2).at("/url/full").asText()).startsWith("http://example.com/");
  }

  private static void typed(JsonNode document, JsonNode mapping, String path) {
    document
        .properties()
        .forEach(field -> {
          JsonNode type = mapping.at("/properties/" + field.getKey());
          assertThat(type.isMissingNode()).as(path + field.getKey()).isFalse();
          if (field.getValue().isObject() && !type.path("type").asText().equals("flattened")) {
            typed(field.getValue(), type, path + field.getKey() + ".");
          }
        });
  }

  @Test
  void stixHasAnObservedDataAFindingThatRefersToAnObservable() throws IOException {
    JsonNode bundle = JSON.readTree(text("stix"));
    assertThat(bundle.get("id").asText()).matches("bundle--[0-9a-f-]{36}");
    Map<String, JsonNode> objects = new HashMap<>();
    List<String> types = new ArrayList<>();
    for (JsonNode object : bundle.get("objects")) {
      String id = object.get("id").asText();
      String type = object.get("type").asText();
      assertThat(objects.put(id, object)).as("only once: " + id).isNull();
      assertThat(id)
          .matches(type + "--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(object.get("spec_version").asText()).isEqualTo("2.1");
      types.add(type);
    }
    assertThat(types).filteredOn("observed-data"::equals).hasSize(6);
    // The URL contains a NUL and a right-to-left override, so it is not a URL but an artifact.
    assertThat(new HashSet<>(types))
        .containsExactlyInAnyOrder(
            "identity", "extension-definition", "email-addr", "artifact", "observed-data");
    for (JsonNode object : objects.values()) {
      if (object.get("type").asText().equals("observed-data")) {
        assertThat(object.get("object_refs")).hasSize(1);
        assertThat(objects).containsKey(object.get("object_refs").get(0).asText());
        assertThat(object.get("first_observed").asText()).isEqualTo("2026-11-23T12:00:00.000Z");
        assertThat(object.get("number_observed").asInt()).isEqualTo(1);
        assertThat(object.get("confidence").asInt()).isIn(50, 85);
        object
            .get("extensions")
            .fieldNames()
            .forEachRemaining(id -> assertThat(objects).containsKey(id));
      }
    }
  }

  /** The results of Python's uuid.uuid5 for the namespace and the canonical JSON. */
  @Test
  void observableIdsAreThoseThatOtherProducersMake() {
    assertThat(StixObservable.of("ipv4", "198.51.100.3").id())
        .isEqualTo("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    assertThat(StixObservable.of("domain", "example.com").id())
        .isEqualTo("domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a..b@example.com", "a@b", "@example.com", "a@exa mple.com", "a@example.com\n"})
  void whatIsNoAddressIsAnArtifact(String value) {
    assertThat(StixObservable.of("email", value).type()).isEqualTo("artifact");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1::", "::", "::1", "fe80::1:2", "1:2:3:4:5:6:7:8", "2001:db8::"})
  void ipv6AddressesAreKnown(String value) {
    assertThat(IpText.isV6(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "1",
        "1:2:3:4:5:6:7",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7::8"
      })
  void whatIsNoIpv6AddressIsNone(String value) {
    assertThat(IpText.isV6(value)).isFalse();
  }

  @Test
  void featureFilesHaveALineAFindingAndHistogramsAddUp() throws IOException {
    Path out = temporary.resolve("be");
    run("bulk-extractor", FindingFilter.ALL, out)
        .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out);
    Path first = out.resolve(SmallCase.IMAGE);
    List<String> emails = data(first.resolve("email.txt"));
    assertThat(emails)
        .containsExactly(
            "4096\ta@example.com\t...a@example.com...",
            "8192\tshared@example.com\t...shared@example.com...",
            "16384\ta@example.com\t...a@example.com...");
    assertThat(data(first.resolve("email_histogram.txt")))
        .containsExactly("n=2\ta@example.com", "n=1\tshared@example.com");
    assertThat(data(first.resolve("url.txt")).getFirst())
        .contains("\thttp://example.com/\\x00?q=<script>'\\xE2\\x80\\xAE\t");
    assertThat(Files.readAllLines(first.resolve("email.txt")))
        .contains(
            "# Feature-Recorder: email",
            "# Filename: small.raw.zst",
            "# Feature-File-Version: 1.1");
  }

  private static List<String> data(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void theReportStandsAloneAndShowsHostileValuesSafely() {
    String html = text("html");
    assertThat(html)
        .contains("<svg", "small.raw.zst", "second.lime", "shared@example.com", "page accounting")
        .contains("&lt;script&gt;", "\\u0000", "\\u202e")
        .doesNotContain(
            "<script", "\u202E", "\u0000", "http://www", "src=", "href=", "@import", "url(");
  }

  @Test
  void parquetBeginsAndEndsAsItShould() throws IOException {
    Path out = temporary.resolve("findings.parquet");
    run("parquet", FindingFilter.ALL, out)
        .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out);
    byte[] bytes = Files.readAllBytes(out);
    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
  }

  @Test
  void aFormatThatNeedsAPlaceSaysSo() {
    assertThatThrownBy(() ->
            run("parquet", FindingFilter.ALL, null)
                .ofCase(CheckedCase.open(folder), SETTINGS, line -> {}, System.out))
        .hasMessageContaining("PS-100")
        .hasMessageContaining("--out");
  }
}
