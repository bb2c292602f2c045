package io.pagestream.cases.live;

import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.collect.RejectedRecords;
import io.pagestream.cases.collect.TopicReader;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.finding.FindingRules;
import io.pagestream.schemas.topic.Topics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Prints the findings of the topic in the order in which they arrive, each once: findings delivered
 * again by a restarted stage or a second submission of an image are omitted. A finding that
 * violates {@link FindingRules} is counted but not printed: with the id of another finding it would
 * take its place.
 */
public final class LiveFindings implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicReader reader;
  private final FindingFilter filter;
  private final SeenIds seen = new SeenIds(Path.of(SystemFailure.temporaryFolder()));
  private final RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
  private final FindingRules rules = new FindingRules();
  private final RejectedRecords rejected = new RejectedRecords();
  private boolean redact;

  /** Findings from the beginning of the topic. */
  public LiveFindings(KafkaConnection kafka, String topicPrefix, FindingFilter filter) {
    this(
        TopicReader.open(
            kafka, "pagestream-live", List.of(Topics.FINDINGS.name(topicPrefix)), Map.of()),
        filter);
  }

  LiveFindings(TopicReader reader, FindingFilter filter) {
    this.reader = reader;
    this.filter = filter;
  }

  /** Replaces the values of secrets by their hashes from now on; see {@link Redaction}. */
  public void redact() {
    redact = true;
  }

  /** Receives the findings accepted by the filter; the record is reused for the next one. */
  @FunctionalInterface
  private interface Printer {
    void print(Finding finding) throws IOException;
  }

  /** Flushes the output. */
  @FunctionalInterface
  private interface Flush {
    void run() throws IOException;
  }

  /**
   * Prints one line per finding.
   *
   * @param follow whether to continue after the topic's present end is reached, until {@code stop}
   * @return number of rejected records; also ends when {@code out} is a closed pipe
   */
  public long printLines(OutputStream out, boolean follow, BooleanSupplier stop) {
    Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    return read(follow, stop, finding -> lines.write(FindingLine.of(finding) + '\n'), lines::flush);
  }

  /**
   * Prints one JSON object per finding, as in {@code findings.jsonl}.
   *
   * @param follow whether to continue after the topic's present end is reached, until {@code stop}
   * @return number of rejected records; also ends when {@code out} is a closed pipe
   */
  public long printJson(OutputStream out, boolean follow, BooleanSupplier stop) {
    FindingJson json;
    try {
      json = new FindingJson(out);
    } catch (IOException e) {
      throw outputGone(e);
    }
    // Not closed here: that would flush once more into a pipe that may be closed.
    return read(follow, stop, json::write, json::flush);
  }

  /**
   * Writes each finding, and flushes the output whenever none are waiting.
   *
   * @param follow whether to continue after the topic's present end is reached, until {@code stop}
   * @return number of rejected records; also ends when the output is a closed pipe
   */
  public long write(FindingWriter writer, boolean follow, BooleanSupplier stop) {
    return read(follow, stop, writer::write, writer::flush);
  }

  private long read(boolean follow, BooleanSupplier stop, Printer printer, Flush flush) {
    Map<TopicPartition, Long> ends = follow ? Map.of() : reader.ends();
    Finding reuse = new Finding();
    try {
      try {
        while (!stop.getAsBoolean() && (follow || !reader.hasReached(ends))) {
          for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
            if (record.value() != null) { // null is a tombstone
              print(record, reuse, printer);
            }
          }
          flush.run();
        }
      } finally {
        flush.run(); // a header without findings, and the complete lines before a failure
      }
    } catch (IOException e) {
      if (!isClosedPipe(e)) {
        throw outputGone(e);
      }
    }
    return rejected.count();
  }

  /** Records omitted so far because they are unreadable or cannot be genuine findings. */
  public RejectedRecords rejected() {
    return rejected;
  }

  private void print(ConsumerRecord<byte[], byte[]> record, Finding reuse, Printer printer)
      throws IOException {
    Finding finding;
    try {
      finding = codec.decode(record.value(), reuse);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      // Other clients may write to the topic.
      rejected.add(record, RejectedRecords.REJECTED, String.valueOf(e.getMessage()));
      return;
    }
    String violation = rules.violation(record.key(), finding);
    if (violation != null) {
      rejected.add(record, RejectedRecords.FORGED, "a finding " + violation);
      return;
    }
    if (filter.wants(finding) && seen.add(finding.getFindingId())) {
      printer.print(redact ? Redaction.of(finding) : finding);
    }
  }

  /**
   * Whether the reader of the output has closed it, as {@code head} does. This is not a failure.
   */
  private static boolean isClosedPipe(IOException e) {
    return SystemFailure.of(e) == SystemFailure.CLOSED_PIPE;
  }

  private static PagestreamException outputGone(IOException cause) {
    return SystemFailure.writing("the output", "cannot be written", cause);
  }

  /** Disconnects from the broker. */
  @Override
  public void close() {
    seen.close();
    reader.close();
  }
}
