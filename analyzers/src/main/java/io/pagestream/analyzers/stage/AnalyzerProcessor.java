package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageOpened;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.ledger.ReceiptBook;
import io.pagestream.schemas.ledger.RunCounts;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.stage.ImageMemory;
import io.pagestream.schemas.stage.ImageStores;
import io.pagestream.schemas.topic.DeadLetters;
import io.pagestream.schemas.topic.RecordKeys;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The analyzers' stage on one partition: judged runs in, findings, receipts and dead letters out.
 * What it sends is the same however often a run is delivered: findings and receipts have
 * deterministic keys.
 */
final class AnalyzerProcessor implements Processor<byte[], PageStreamRecord, byte[], byte[]> {
  private final AnalyzerStage.Settings settings;
  private final AnalyzerStage.Downstream downstream;
  private final AnalyzerLane lane;
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private @Nullable Task task;

  /** What exists from init on. */
  private record Task(
      ProcessorContext<byte[], byte[]> context, ImageMemory images, ReceiptBook book) {}

  AnalyzerProcessor(AnalyzerStage.Settings settings, AnalyzerStage.Downstream downstream) {
    this.settings = settings;
    this.downstream = downstream;
    this.lane = new AnalyzerLane(settings.selection(), settings.timeout().toNanos());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    ImageMemory images =
        new ImageMemory(context, ImageStores.of(Stage.ANALYZERS), settings.keepClosed());
    task = new Task(context, images, new ReceiptBook(Stage.ANALYZERS, images));
  }

  @Override
  public void process(Record<byte[], PageStreamRecord> record) {
    Task ready = task;
    if (ready == null) {
      throw new IllegalStateException("process before init");
    }
    switch (record.value().getBody()) {
      case ImageOpened opened -> open(ready, opened, record);
      case PageRun run -> analyze(ready, run, record);
      case ImageClosed closed -> close(ready, closed.getImageId(), record);
      default -> throw new IllegalStateException("the schema has three branches");
    }
  }

  private void open(Task ready, ImageOpened opened, Record<byte[], PageStreamRecord> record) {
    if (ready.images().open(opened.getManifest()) == ImageMemory.Opening.CONFLICTING) {
      deadLetter(ready, record, "the image is open with another manifest", "");
    }
  }

  private void analyze(Task ready, PageRun run, Record<byte[], PageStreamRecord> record) {
    ImageManifest manifest = ready.images().manifest(run.getImageId());
    if (manifest == null) {
      deadLetter(ready, record, "run of an image that has not been opened here", "");
      return;
    }
    RunAnalysis analysis = lane.analyze(manifest, run);
    for (Finding finding : analysis.findings()) {
      send(
          ready,
          record,
          downstream.findings(),
          RecordKeys.finding(finding.getFindingId()),
          findingCodec.encode(finding));
    }
    for (RunAnalysis.Failure failure : analysis.failures()) {
      deadLetter(ready, record, failure.message(), failure.analyzer());
    }
    RunReceipt receipt = ready.book().count(manifest, run, outcome(run, analysis));
    if (receipt != null) {
      sendReceipt(ready, record, receipt);
    }
  }

  private void close(Task ready, String imageId, Record<byte[], PageStreamRecord> record) {
    ready.images().close(imageId, ready.context().currentSystemTimeMs());
    for (RunReceipt receipt : ready.book().close(imageId)) {
      sendReceipt(ready, record, receipt);
    }
  }

  private void sendReceipt(Task ready, Record<byte[], PageStreamRecord> cause, RunReceipt receipt) {
    send(
        ready,
        cause,
        downstream.receipts(),
        RecordKeys.receipt(receipt.getImageId(), Stage.ANALYZERS, receipt.getBlock()),
        receiptCodec.encode(receipt));
  }

  private static RunOutcome outcome(PageRun run, RunAnalysis analysis) {
    Map<String, Long> findings = new HashMap<>();
    analysis.findings().forEach(finding -> findings.merge(finding.getKind(), 1L, Long::sum));
    Map<String, Long> failures = new HashMap<>();
    analysis
        .failures()
        .forEach(
            failure -> failures.merge(failure.analyzer() + ':' + failure.reason(), 1L, Long::sum));
    return new RunOutcome(
        run.getPages().remaining(),
        RunCounts.of(run),
        RunCounts.byRow(run),
        RunCounts.refusedByReason(run),
        findings,
        failures);
  }

  private void deadLetter(
      Task ready, Record<byte[], PageStreamRecord> record, String message, String analyzer) {
    String source =
        ready
            .context()
            .recordMetadata()
            .map(meta -> meta.topic() + '/' + meta.partition() + '/' + meta.offset())
            .orElse("unknown");
    Headers headers = DeadLetters.headers(Stage.ANALYZERS, ErrorCode.INTERNAL, message, source);
    if (!analyzer.isEmpty()) {
      DeadLetters.put(headers, DeadLetters.ANALYZER, analyzer);
    }
    ready
        .context()
        .forward(
            new Record<>(
                record.key(), pageCodec.encode(record.value()), record.timestamp(), headers),
            downstream.deadLetters());
  }

  private static void send(
      Task ready, Record<byte[], PageStreamRecord> cause, String child, byte[] key, byte[] value) {
    ready.context().forward(new Record<>(key, value, cause.timestamp()), child);
  }

  @Override
  public void close() {
    lane.close();
  }
}
