package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.collect.CollectSettings;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of a job after its end, from a folder or collected from a cluster.
 *
 * @param findings each finding as a line of JSON, by its id
 * @param artifacts the artifacts found
 */
record FinishedCase(
    List<ImageLedger> ledgers, TreeMap<String, String> findings, TreeSet<Artifact> artifacts) {
  private static final Duration STALL = Duration.ofMinutes(2);

  /** The case in a folder. */
  static FinishedCase in(Path folder, List<ImageLedger> ledgers) {
    try {
      return of(ledgers, Files.readAllLines(folder.resolve("findings.jsonl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each image of the case in a folder, in the order of the ledgers. */
  static List<FinishedCase> eachIn(Path folder, List<ImageLedger> ledgers) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("findings.jsonl"));
    return ledgers.stream()
        .map(ledger ->
            of(
                List.of(ledger),
                lines.stream()
                    .filter(line -> line.contains("\"imageId\":\"" + ledger.imageId() + '"'))
                    .toList()))
        .toList();
  }

  /** Collects an image from a cluster, from the beginning of its topics until it is complete. */
  static FinishedCase collect(KafkaConnection kafka, String imageId, Path scratch) {
    return collect(kafka, Topics.DEFAULT_PREFIX, imageId, scratch);
  }

  /** The same from topics with another prefix. */
  static FinishedCase collect(KafkaConnection kafka, String prefix, String imageId, Path scratch) {
    CollectSettings settings = new CollectSettings(kafka, prefix, List.of(imageId), STALL, scratch);
    try (FindingCollector collector = new FindingCollector(settings)) {
      CollectedCase collected = collector.collect(progress -> {});
      collected.throwIfFailed();
      return of(collected.ledgers(), lines(collected));
    }
  }

  private static List<String> lines(CollectedCase collected) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FindingJson json = new FindingJson(bytes)) {
      collected.findings().forEach(finding -> write(json, finding));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void write(FindingJson json, Finding finding) {
    try {
      json.write(finding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FinishedCase of(List<ImageLedger> ledgers, List<String> lines) {
    TreeMap<String, String> findings = new TreeMap<>();
    TreeSet<Artifact> artifacts = new TreeSet<>();
    for (String line : lines) {
      JsonNode finding = Repository.json(line);
      String twice = findings.put(finding.get("findingId").textValue(), line);
      if (twice != null) {
        throw new AssertionError("a finding is there twice: " + line);
      }
      artifacts.add(Artifact.of(finding));
    }
    return new FinishedCase(ledgers, findings, artifacts);
  }
}
