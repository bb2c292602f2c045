package io.pagestream.schemas.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.FILE_DELETE_DELAY_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * All topics. {@code docs/topics.md} and {@code docs/asyncapi.json} are checked against this list.
 */
public final class Topics {
  /** Default prefix of all topic names. */
  public static final String DEFAULT_PREFIX = "pagestream.";

  /** Maximum record size: a run of 256 pages with its neighboring bytes and verdicts is smaller. */
  public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

  private static final String DAY_MS = Long.toString(TimeUnit.DAYS.toMillis(1));
  private static final String MONTH_MS = Long.toString(TimeUnit.DAYS.toMillis(30));

  /**
   * Small segments, deleted immediately, so that records finished by all stages are removed from
   * the disk.
   */
  private static final Map<String, String> PAYLOAD =
      Map.of(
          CLEANUP_POLICY_CONFIG,
          CLEANUP_POLICY_DELETE,
          RETENTION_MS_CONFIG,
          DAY_MS,
          SEGMENT_BYTES_CONFIG,
          Integer.toString(64 * 1024 * 1024),
          FILE_DELETE_DELAY_MS_CONFIG,
          "1000",
          MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(MAX_RECORD_BYTES),
          COMPRESSION_TYPE_CONFIG,
          "producer");

  private static final Map<String, String> COMPACT =
      Map.of(
          CLEANUP_POLICY_CONFIG,
          CLEANUP_POLICY_COMPACT,
          MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(MAX_RECORD_BYTES));

  private static final Map<String, String> LONG_KEPT =
      Map.of(
          CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
          RETENTION_MS_CONFIG, MONTH_MS,
          MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));

  /** Manifests: one record per image, rewritten when its state changes. */
  public static final Topic IMAGES =
      new Topic(
          "images",
          "The manifest and the progress of each image.",
          "imageId",
          ImageManifest.getClassSchema(),
          false,
          COMPACT);

  /** Runs of pages as read by the producer. */
  public static final Topic PAGES =
      new Topic(
          "pages",
          "Runs of pages as read, between the image's opening and its end on every partition.",
          "imageId/runIndex",
          PageStreamRecord.getClassSchema(),
          true,
          PAYLOAD);

  /** Runs with the mapper's verdicts; only between services. */
  public static final Topic MAPPED_PAGES =
      new Topic(
          "mapped-pages",
          "Runs with the mapper's verdicts. Verdicts are labels: the bytes are kept regardless of them.",
          "imageId/runIndex",
          PageStreamRecord.getClassSchema(),
          true,
          PAYLOAD);

  /** The mapper's decisions for each run, kept as long as the findings, which they explain. */
  public static final Topic VERDICTS =
      new Topic(
          "verdicts",
          "The mapper's decisions for each run: the run without its bytes.",
          "imageId/runIndex",
          PageStreamRecord.getClassSchema(),
          true,
          LONG_KEPT);

  /** Receipts of all stages. */
  public static final Topic RECEIPTS =
      new Topic(
          "receipts",
          "Each stage's statement that it has finished a block of runs, with its counts.",
          "imageId/stage/block",
          RunReceipt.getClassSchema(),
          true,
          COMPACT);

  /** Findings of all analyzers. */
  public static final Topic FINDINGS =
      new Topic(
          "findings",
          "Artifacts; the same finding always has the same key.",
          "findingId",
          Finding.getClassSchema(),
          true,
          LONG_KEPT);

  /** Records that could not be processed. */
  public static final Topic DEAD_LETTERS =
      new Topic(
          "dead-letters",
          "Records that a stage could not process: original key and bytes, the error in headers.",
          "as the original",
          Schema.create(Schema.Type.BYTES),
          false,
          LONG_KEPT);

  private Topics() {}

  /** All topics in the order in which a page passes through them. */
  public static List<Topic> all() {
    return List.of(IMAGES, PAGES, MAPPED_PAGES, VERDICTS, RECEIPTS, FINDINGS, DEAD_LETTERS);
  }
}
