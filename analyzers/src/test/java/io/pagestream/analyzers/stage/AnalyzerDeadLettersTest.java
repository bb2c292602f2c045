package io.pagestream.analyzers.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageOpened;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.sample.SampleRecords;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stage as a service: what it cannot process is a dead letter, and no block stays open. */
class AnalyzerDeadLettersTest {
  private final RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
  private final TopologyTestDriver driver = driver();
  private final TestInputTopic<byte[], byte[]> pages =
      driver.createInputTopic(
          "pagestream.mapped-pages", new ByteArraySerializer(), new ByteArraySerializer());

  private static TopologyTestDriver driver() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "analyzers-test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    AnalyzerSelection selection =
        new AnalyzerSelection(
            List.of(
                TestAnalyzers.of(
                    "marker",
                    (window, sink) ->
                        sink.found("mark", window.ownStart(), 1, "here", Encoding.ASCII)),
                TestAnalyzers.of(
                    "thrower",
                    (window, sink) -> {
                      throw new IllegalStateException("deliberate");
                    })),
            Map.of());
    AnalyzerStage.Settings stage = AnalyzerStage.Settings.of(selection);
    return new TopologyTestDriver(
        AnalyzerStage.topology(manifest -> stage, Topics.DEFAULT_PREFIX), settings);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aFailedAnalysisIsADeadLetterThatNamesTheRunAndHoldsIt() {
    open(1);
    PageRun run = Runs.of(0, "BB");
    send(RecordKeys.run(Runs.IMAGE, 0), run);
    TestRecord<byte[], byte[]> letter = deadLetters().getFirst();
    DeadLetter read = DeadLetter.read(letter.headers(), "");
    assertThat(read.analyzer()).isEqualTo("thrower");
    assertThat(read.reason()).isEqualTo("error");
    assertThat(read.imageId()).isEqualTo(Runs.IMAGE);
    assertThat(read.runIndex()).isZero();
    assertThat(read.physicalAddress()).isEqualTo(run.getPhysicalAddress());
    assertThat(read.pageCount()).isEqualTo(2);
    assertThat(codec.decode(letter.value(), null).getBody()).isEqualTo(run);
    assertThat(receipts())
        .singleElement()
        .satisfies(
            receipt -> assertThat(receipt.getFailures()).isEqualTo(Map.of("thrower:error", 1L)));
  }

  @Test
  void aDamagedRunIsSettledByItsKeySoThatItsBlockIsFinished() {
    open(2);
    pages.pipeInput(RecordKeys.run(Runs.IMAGE, 1), "garbage".getBytes(UTF_8));
    assertThat(receipts())
        .singleElement()
        .satisfies(receipt -> {
          assertThat(receipt.getBlock()).isEqualTo(1);
          assertThat(receipt.getRuns()).isZero();
          assertThat(PageBitmap.count(receipt.getDeadRuns())).isEqualTo(1);
        });
    DeadLetter read = DeadLetter.read(deadLetters().getFirst().headers(), "");
    assertThat(read.runIndex()).isEqualTo(1);
    assertThat(read.reason()).isEqualTo("rejected");
    assertThat(read.source()).isEqualTo("pagestream.mapped-pages/0/1");
  }

  @Test
  void nothingThatARecordHoldsEndsTheStage() {
    open(9);
    PageRun unjudged = Runs.of(0, "B");
    unjudged.setVerdicts(List.of());
    PageRun unknown = Runs.of(0, "B");
    unknown.setImageId("f".repeat(32));
    PageRun wild = Runs.of(0, "B");
    wild.setPageCount(1_000_000);
    PageRun contradicting = Runs.of(0, "BBB");
    contradicting.setZeroPages(PageBitmap.empty());
    contradicting.getPages().limit(100);
    List<byte[]> values = new ArrayList<>();
    values.add(null);
    values.add(new byte[0]);
    values.add(new byte[Topics.MAX_RECORD_BYTES]);
    for (PageRun run : List.of(unjudged, unknown, wild, contradicting)) {
      values.add(codec.encode(new PageStreamRecord(run)));
    }
    values.add(codec.encode(new PageStreamRecord(SampleRecords.closed("e".repeat(32), 1))));
    ImageManifest other = Runs.manifest(8);
    values.add(codec.encode(new PageStreamRecord(new ImageOpened(other))));
    for (byte[] value : values) {
      send(null, value);
      send("\u0000/9".getBytes(UTF_8), value);
      send(new byte[5000], value);
    }
    assertThat(deadLetters()).hasSize(3 * values.size());
    send(RecordKeys.run(Runs.IMAGE, 8), Runs.of(8, "B"));
    assertThat(receipts()).as("a sound run after all of them").hasSize(1);
  }

  private void open(long runs) {
    send(
        RecordKeys.image(Runs.IMAGE),
        codec.encode(new PageStreamRecord(new ImageOpened(Runs.manifest(runs)))));
  }

  private void send(byte[] key, PageRun run) {
    send(key, codec.encode(new PageStreamRecord(run)));
  }

  private void send(byte @Nullable [] key, byte @Nullable [] value) {
    pages.pipeInput(new TestRecord<>(key, value));
  }

  private List<TestRecord<byte[], byte[]>> deadLetters() {
    return output("pagestream.dead-letters").readRecordsToList();
  }

  private List<RunReceipt> receipts() {
    RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
    return output("pagestream.receipts").readValuesToList().stream()
        .map(value -> receiptCodec.decode(value, null))
        .toList();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
