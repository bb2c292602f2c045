package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.ClusterImages;
import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectSettings;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.StartOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects a case from the topics of a cluster, like the one that {@link AnalyzeJob} would have
 * written. Images that are still on their way are waited for.
 */
public final class CollectJob {
  private static final Duration STEP = Duration.ofSeconds(2);

  private final Settings settings;

  /**
   * Settings of the job.
   *
   * @param kafka the cluster
   * @param topicPrefix prefix of all topic names
   * @param images ids or names of images, in the order in which they are reported; empty for all
   *     images that the cluster knows when the job starts
   * @param stallTimeout time without anything new after which the job ends with an incomplete case
   */
  public record Settings(
      KafkaConnection kafka, String topicPrefix, List<String> images, Duration stallTimeout) {
    /** Copies its list. */
    public Settings {
      images = List.copyOf(images);
    }
  }

  /**
   * Result of the job.
   *
   * @param summary the table, safe for a terminal
   * @param collected the collected case; its {@code failure} indicates whether it is complete
   * @param sealSha256 SHA-256 of the case's manifest, which seals the other files
   */
  public record Result(List<String> summary, CollectedCase collected, String sealSha256) {}

  /** A job. */
  public CollectJob(Settings settings) {
    this.settings = settings;
  }

  /**
   * Runs the job until every page of the images is accounted for, or nothing has arrived for the
   * stall time-out.
   *
   * @param folder the case folder
   * @param facts facts from the command: version, command line, start
   * @throws PagestreamException {@link ErrorCode#USAGE} if the cluster has no such image; if the
   *     broker cannot be reached or the folder cannot be written
   */
  public Result run(CaseFolder folder, CaseFacts facts, CollectListener listener)
      throws InterruptedException {
    List<ClusterImages.Image> images = images(listener);
    List<String> imageIds = images.stream().map(image -> image.manifest().getImageId()).toList();
    Map<String, StartOffsets> starts = new HashMap<>();
    images.forEach(image -> starts.put(image.manifest().getImageId(), image.start()));
    CollectSettings collecting =
        new CollectSettings(
            settings.kafka(),
            settings.topicPrefix(),
            imageIds,
            starts,
            settings.stallTimeout(),
            folder.scratch(),
            FindingSorter.CHUNK_FINDINGS);
    try (FindingCollector collector = new FindingCollector(collecting)) {
      CollectedCase collected = collector.collect(listener);
      CaseFacts finished =
          new CaseFacts(
              facts.toolVersion(),
              facts.commandLine(),
              facts.started(),
              Instant.now(),
              ImageJobs.settings(manifests(collected)),
              List.of());
      WrittenCase written = folder.write(finished, collected);
      return new Result(written.summary(), collected, written.sealSha256());
    }
  }

  private static List<ImageManifest> manifests(CollectedCase collected) {
    return collected.ledgers().stream()
        .map(ImageLedger::manifest)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The images, after waiting for those that have not been opened yet. */
  private List<ClusterImages.Image> images(CollectListener listener) {
    AttendedTime waited = new AttendedTime(STEP);
    try (ClusterImages cluster = new ClusterImages(settings.kafka(), settings.topicPrefix())) {
      while (true) {
        List<String> missing = new ArrayList<>();
        List<ClusterImages.Image> selected =
            ClusterImages.select(cluster.read(), settings.images(), missing);
        if (!selected.isEmpty() && missing.isEmpty()) {
          return selected;
        }
        if (waited.read().compareTo(settings.stallTimeout()) > 0) {
          throw noSuchImage(missing);
        }
        listener.waitingForImages(missing);
      }
    }
  }

  private static PagestreamException noSuchImage(List<String> missing) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        missing.isEmpty()
            ? "the cluster has no images"
            : "the cluster has no image " + String.join(", ", missing),
        "check --prefix and the ids that the producer prints, or wait longer with --stall-timeout");
  }
}
