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
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.JudgedRunRules;
import io.pagestream.schemas.ledger.ReceiptBook;
import io.pagestream.schemas.stage.ImageMemory;
import io.pagestream.schemas.stage.ImageStores;
import io.pagestream.schemas.stage.RecordSource;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.RunKey;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The analyzers' stage on one partition: judged runs in, findings, receipts and dead letters out.
 * What it sends is the same however often a run is delivered: findings and receipts have
 * deterministic keys.
 *
 * <p>Takes the page stream as bytes, behind a topic, or as {@link PageStreamRecord}s, behind the
 * mapper in one process. Nothing that a record holds makes it throw: what cannot be processed is a
 * dead letter, and its run is settled as one, so that its block can be finished.
 */
final class AnalyzerProcessor implements Processor<byte[], Object, byte[], byte[]> {
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
    this.lane = new AnalyzerLane(settings);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    ImageMemory images =
        new ImageMemory(context, ImageStores.of(Stage.ANALYZERS), settings.keepClosed());
    task = new Task(context, images, new ReceiptBook(Stage.ANALYZERS, images));
  }

  @Override
  public void process(Record<byte[], Object> record) {
    Task ready = task;
    if (ready == null) {
      throw new IllegalStateException("process before init");
    }
    try {
      switch (decode(record.value()).getBody()) {
        case ImageOpened opened -> open(ready, opened);
        case PageRun run -> analyze(ready, run, record);
        case ImageClosed closed -> close(ready, closed.getImageId(), record);
        default -> throw corrupt("a record of the page stream with an unknown body");
      }
    } catch (PagestreamException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // the stage is being stopped
      }
      bury(ready, record, e);
    } catch (KafkaException e) {
      throw e; // the broker's or Kafka Streams' own: the record is not to blame
    } catch (RuntimeException e) {
      bury(ready, record, corrupt("the record cannot be processed: " + e).causedBy(e));
    }
  }

  private PageStreamRecord decode(@Nullable Object value) {
    return switch (value) {
      case PageStreamRecord record -> record;
      case byte[] encoded -> pageCodec.decode(encoded, null);
      case null, default -> throw corrupt("a record without a value");
    };
  }

  private void open(Task ready, ImageOpened opened) {
    if (ready.images().open(opened.getManifest()) == ImageMemory.Opening.CONFLICTING) {
      throw PagestreamException.of(
          ErrorCode.DUPLICATE_IMAGE,
          "the image is open with another manifest",
          "wait for the end of the first, or give it the same options");
    }
  }

  private void analyze(Task ready, PageRun run, Record<byte[], Object> record) {
    ImageManifest manifest = ready.images().manifest(run.getImageId());
    if (manifest == null) {
      throw corrupt("run of an image that has not been opened here");
    }
    JudgedRunRules.check(manifest, run);
    RunAnalysis analysis = lane.analyze(manifest, run);
    for (Finding finding : analysis.findings()) {
      DoubtfulFindings.mark(manifest, run, finding);
      send(
          ready,
          record,
          downstream.findings(),
          RecordKeys.finding(finding.getFindingId()),
          findingCodec.encode(finding));
    }
    for (RunAnalysis.Failure failure : analysis.failures()) {
      DeadLetter letter =
          DeadLetter.of(
                  Stage.ANALYZERS,
                  ErrorCode.ANALYSIS_FAILED,
                  failure.reason(),
                  failure.message(),
                  RecordSource.of(ready.context()))
              .by(failure.analyzer())
              .run(run);
      deadLetter(ready, record, letter);
    }
    RunReceipt receipt = ready.book().count(manifest, run, analysis.outcome(run));
    if (receipt != null) {
      sendReceipt(ready, record, receipt);
    }
  }

  private void close(Task ready, String imageId, Record<byte[], Object> record) {
    if (ready.images().manifest(imageId) == null) {
      throw corrupt("end of an image that has not been opened here");
    }
    ready.images().close(imageId, ready.context().currentSystemTimeMs());
    for (RunReceipt receipt : ready.book().close(imageId)) {
      sendReceipt(ready, record, receipt);
    }
  }

  private void sendReceipt(Task ready, Record<byte[], Object> cause, RunReceipt receipt) {
    send(
        ready,
        cause,
        downstream.receipts(),
        RecordKeys.receipt(receipt.getImageId(), Stage.ANALYZERS, receipt.getBlock()),
        receiptCodec.encode(receipt));
  }

  /** Makes a dead letter of a record, and settles the run that its key names as one. */
  private void bury(Task ready, Record<byte[], Object> record, PagestreamException error) {
    DeadLetter letter =
        DeadLetter.of(
            Stage.ANALYZERS,
            error.code(),
            "rejected",
            String.valueOf(error.getMessage()),
            RecordSource.of(ready.context()));
    RunKey key = RunKey.parse(record.key());
    ImageManifest manifest = key == null ? null : ready.images().manifest(key.imageId());
    if (key == null || manifest == null || key.runIndex() >= manifest.getRunCount()) {
      deadLetter(ready, record, letter);
      return;
    }
    deadLetter(ready, record, letter.run(key.imageId(), key.runIndex()));
    RunReceipt receipt = ready.book().skip(manifest, key.runIndex());
    if (receipt != null) {
      sendReceipt(ready, record, receipt);
    }
  }

  private void deadLetter(Task ready, Record<byte[], Object> record, DeadLetter letter) {
    byte[] original =
        switch (record.value()) {
          case PageStreamRecord decoded -> pageCodec.encode(decoded);
          case byte[] encoded -> encoded;
          case null, default -> null;
        };
    ready
        .context()
        .forward(
            new Record<>(
                DeadLetter.key(record.key()),
                DeadLetter.value(original),
                record.timestamp(),
                letter.headers(original)),
            downstream.deadLetters());
  }

  private static void send(
      Task ready, Record<byte[], Object> cause, String child, byte[] key, byte[] value) {
    ready.context().forward(new Record<>(key, value, cause.timestamp()), child);
  }

  private static PagestreamException corrupt(String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT, what, "look at the dead letter and at what wrote it");
  }

  @Override
  public void close() {
    lane.close();
  }
}
