package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.system.Program.Ended;
import io.pagestream.system.Program.Running;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A case that is collected from a cluster equals that of {@code analyze}; an image that the cluster
 * has analyzed is not sent again; its job decides how it is judged and analyzed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CollectedCaseIT {
  private static final List<String> EQUAL_FILES =
      List.of("findings.jsonl", "verdicts.jsonl", "ledger.bin", "dead-letters.jsonl");

  /** What names the run itself: when, with which command, and how one machine was used. */
  private static final List<String> OF_THE_RUN =
      List.of("commandLine", "started", "ended", "given");

  private static final List<String> SETTINGS_OF_THE_RUN =
      List.of(
          "partitions",
          "parallel",
          "instances",
          "threads",
          "payload",
          "max-in-flight-bytes",
          "disk-budget-bytes");

  @TempDir static Path folder;
  private static Path image;
  private static Cluster cluster;
  private static Running mapper;

  @BeforeAll
  static void startTheCluster() throws Exception {
    image = folder.resolve("lime.lime");
    try (InputStream packed =
        new GZIPInputStream(
            Files.newInputStream(Repository.SMALL_IMAGES.resolve("lime.lime.gz")))) {
      Files.copy(packed, image);
    }
    cluster = Cluster.start(folder);
    mapper = cluster.stage("mapper", "--metrics-port", "0");
    cluster.stage("analyzers");
  }

  @AfterAll
  static void stopTheCluster() {
    cluster.close();
  }

  @Test
  @Order(1)
  void aCaseCollectedWhileTheImageArrivesEqualsThatOfOneMachine() throws Exception {
    Running live = collect("live");
    produce(0);
    Ended collected = Program.end(live);
    assertThat(collected.exitCode()).as(collected.all()).isEqualTo(analyze("alone"));
    requireEqual("live", "alone");
  }

  @Test
  @Order(2)
  void aStageServesItsMetrics() throws Exception {
    Matcher at =
        Pattern.compile("metrics at (http://\\S+)").matcher(Files.readString(mapper.out()));
    assertThat(at.find()).isTrue();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> metrics =
          client.send(
              HttpRequest.newBuilder(URI.create(at.group(1))).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(metrics.body())
          .contains(
              "pagestream_images_total{event=\"closed\",stage=\"mapper\"} 4.0",
              "pagestream_verdict_pages_total{profile=\"windows\"",
              "pagestream_lag_records{stage=\"mapper\"} 0.0");
      HttpResponse<String> ready =
          client.send(
              HttpRequest.newBuilder(URI.create(at.group(1)).resolve("/ready")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("RUNNING, 4 partitions");
    }
  }

  @Test
  @Order(3)
  void anImageThatIsSubmittedAgainIsAnsweredFromTheTopics() throws Exception {
    long sent = cluster.recordsSent(Topics.PAGES);
    assertThat(produce(0).out()).anyMatch(line -> line.contains("was sent before"));
    assertThat(produce(2, "--profile", "linux").err())
        .anyMatch(line -> line.contains("PS-105") && line.contains("--profile windows, not linux"));
    assertThat(cluster.recordsSent(Topics.PAGES)).isEqualTo(sent);
  }

  @Test
  @Order(4)
  void anImageWhoseJobNeedsAFileThatTheStageLacksIsRefused() throws Exception {
    Path list = Files.writeString(folder.resolve("list.txt"), "a@example.org\n");
    Ended refused = produce(2, "--again", "--stop-list", list.toString());
    assertThat(refused.err())
        .anyMatch(line ->
            line.contains("PS-130")
                && line.contains("analyzers")
                && line.contains("stop list")
                && line.contains("--job-files"));
  }

  @Test
  @Order(5)
  void theJobDecidesAndNewResultsReplaceTheEarlierOnes() throws Exception {
    String[] options = {"--profile", "linux", "--linux-call", "mmap", "--analyzers", "text"};
    produce(0, Stream.concat(Stream.of("--again"), Stream.of(options)).toArray(String[]::new));
    Ended collected = Program.end(collect("again"));
    assertThat(collected.exitCode()).as(collected.all()).isEqualTo(analyze("linux", options));
    requireEqual("again", "linux");
    assertThat(Files.readString(folder.resolve("again/verdicts.jsonl")))
        .contains("\"profile\":\"linux\"")
        .doesNotContain("windows");
  }

  @Test
  @Order(6)
  void findingsPrintsEachFindingOnceAfterSeveralSubmissions() throws Exception {
    Ended findings = Program.run(folder, "findings", "--config", cluster.config(), "--json");
    assertThat(findings.out())
        .isNotEmpty()
        .extracting(line -> Repository.json(line).get("findingId").textValue())
        .doesNotHaveDuplicates();
  }

  private static void requireEqual(String collected, String alone) throws Exception {
    for (String file : EQUAL_FILES) {
      assertThat(Files.readAllBytes(folder.resolve(collected).resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(folder.resolve(alone).resolve(file)));
    }
    assertThat(manifest(collected)).isEqualTo(manifest(alone));
  }

  private static JsonNode manifest(String name) throws Exception {
    Path file = folder.resolve(name).resolve("manifest.json");
    ObjectNode manifest = (ObjectNode) Repository.json(Files.readString(file));
    manifest.remove(OF_THE_RUN);
    ((ObjectNode) manifest.get("settings")).remove(SETTINGS_OF_THE_RUN);
    for (JsonNode sealed : manifest.get("files")) {
      ((ObjectNode) sealed).remove("modified");
      if (sealed.get("name").textValue().equals("summary.txt")) {
        ((ObjectNode) sealed).removeAll(); // its last line is the time that the run took
      }
    }
    return manifest;
  }

  private static Running collect(String name) {
    return Program.start(
        folder, "collect", "--config", cluster.config(), "--out", name, "--image", "lime.lime");
  }

  private static int analyze(String name, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("analyze", "--out", name, "--quiet"));
    all.addAll(List.of(options));
    all.add(image.toString());
    return Program.run(folder, all.toArray(String[]::new)).exitCode();
  }

  private static Ended produce(int exitCode, String... options) throws Exception {
    Ended ended = Program.end(cluster.producer(image, options));
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(exitCode);
    return ended;
  }
}
