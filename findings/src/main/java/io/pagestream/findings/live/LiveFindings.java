package io.pagestream.findings.live;

import io.pagestream.findings.casefolder.FindingJson;
import io.pagestream.findings.collect.TopicReader;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Prints the findings of the topic in the order in which they arrive. A finding that was delivered
 * twice is printed twice: telling would need memory without bound.
 */
public final class LiveFindings implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicReader reader;
  private final FindingFilter filter;
  private final RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
  private long unreadable;

  /** Findings from the beginning of the topic. */
  public LiveFindings(String bootstrapServers, String topicPrefix, FindingFilter filter) {
    this(
        TopicReader.open(
            bootstrapServers,
            "pagestream-live",
            List.of(Topics.FINDINGS.name(topicPrefix)),
            Map.of()),
        filter);
  }

  LiveFindings(TopicReader reader, FindingFilter filter) {
    this.reader = reader;
    this.filter = filter;
  }

  /** Receives the findings that pass the filter; the record is used again for the next. */
  @FunctionalInterface
  private interface Printer {
    void print(Finding finding) throws IOException;
  }

  /** Something that brings out what has been printed. */
  @FunctionalInterface
  private interface Flush {
    void run() throws IOException;
  }

  /**
   * Prints one line a finding.
   *
   * @param follow whether to go on when the topic's present end is reached, until {@code stop}
   * @return records that could not be read
   */
  public long printLines(OutputStream out, boolean follow, BooleanSupplier stop) {
    PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
    return read(
        follow, stop, finding -> lines.println(FindingLine.of(finding)), () -> flush(lines));
  }

  /**
   * Prints one JSON object a finding, as in {@code findings.jsonl}.
   *
   * @param follow whether to go on when the topic's present end is reached, until {@code stop}
   * @return records that could not be read
   */
  public long printJson(OutputStream out, boolean follow, BooleanSupplier stop) {
    try (FindingJson json = new FindingJson(out)) {
      return read(follow, stop, json::write, json::flush);
    } catch (IOException e) {
      throw outputGone(e);
    }
  }

  private long read(boolean follow, BooleanSupplier stop, Printer printer, Flush flush) {
    Map<TopicPartition, Long> ends = follow ? Map.of() : reader.ends();
    Finding reuse = new Finding();
    try {
      while (!stop.getAsBoolean() && (follow || !reader.hasReached(ends))) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          if (record.value() != null) { // null is a tombstone
            print(record.value(), reuse, printer);
          }
        }
        flush.run();
      }
    } catch (IOException e) {
      throw outputGone(e);
    }
    return unreadable;
  }

  private void print(byte[] encoded, Finding reuse, Printer printer) throws IOException {
    Finding finding;
    try {
      finding = codec.decode(encoded, reuse);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      unreadable++; // others may write to the topic; the caller is told how many
      return;
    }
    if (filter.wants(finding)) {
      printer.print(finding);
    }
  }

  private static void flush(PrintStream lines) throws IOException {
    if (lines.checkError()) {
      throw new IOException("nobody reads it any more");
    }
  }

  private static PagestreamException outputGone(IOException cause) {
    return PagestreamException.of(
            ErrorCode.DISK_FULL,
            "the output cannot be written: " + cause.getMessage(),
            "check where it goes")
        .causedBy(cause);
  }

  /** Lets go of the broker. */
  @Override
  public void close() {
    reader.close();
  }
}
