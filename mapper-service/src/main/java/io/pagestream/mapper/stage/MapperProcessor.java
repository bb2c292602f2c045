package io.pagestream.mapper.stage;

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
import io.pagestream.schemas.ledger.ReceiptBook;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.stage.ImageMemory;
import io.pagestream.schemas.stage.ImageStores;
import io.pagestream.schemas.stage.RecordSource;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.RunKey;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The mapper on one partition. Takes the page stream as bytes, so that damaged records become dead
 * letters; nothing that a record holds makes it throw.
 *
 * <p>A forwarded {@link PageStreamRecord} with a run is valid until {@code forward} returns: its
 * buffers are used again for the next record.
 */
final class MapperProcessor implements Processor<byte[], byte[], byte[], Object> {
  private final MapperOptions options;
  private final Downstream downstream;
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final BareRun bareRun = new BareRun();
  private final JudgedImages judged;
  private @Nullable PageStreamRecord reusable;
  private @Nullable Task task;

  /** What exists from init on. */
  private record Task(
      ProcessorContext<byte[], Object> context, ImageMemory memory, ReceiptBook book) {}

  MapperProcessor(MapperOptions options, Downstream downstream) {
    this.options = options;
    this.downstream = downstream;
    this.judged = new JudgedImages(options.reader());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    ImageMemory memory =
        new ImageMemory(context, ImageStores.of(Stage.MAPPER), options.keepClosed());
    task = new Task(context, memory, new ReceiptBook(Stage.MAPPER, memory));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task ready = Objects.requireNonNull(task, "init comes first");
    PageStreamRecord stream;
    List<RunReceipt> finished;
    try {
      stream = decode(record.value());
      finished = handle(ready, stream.getBody());
    } catch (PagestreamException e) {
      bury(ready, record, e);
      return;
    } catch (KafkaException e) {
      throw e; // the broker's or Kafka Streams' own: the record is not to blame
    } catch (RuntimeException e) {
      bury(ready, record, corrupt("the record cannot be processed: " + e).causedBy(e));
      return;
    }
    if (stream.getBody() instanceof PageRun run) {
      // Before the analyzers get it: what is theirs to read is not ours to rely on afterwards.
      byte[] verdict = bareRun.encode(pageCodec, run);
      ready.context().forward(record.withValue((Object) verdict), downstream.verdicts());
    }
    ready.context().forward(record.withValue(stream), downstream.mapped());
    for (RunReceipt receipt : finished) {
      forwardReceipt(ready, record, receipt);
    }
  }

  private PageStreamRecord decode(byte @Nullable [] value) {
    if (value == null) {
      throw corrupt("a record without a value");
    }
    PageStreamRecord stream = pageCodec.decode(value, reusable);
    // Manifests are kept, so only the record of a run may be overwritten by the next.
    reusable = stream.getBody() instanceof PageRun ? stream : null;
    return stream;
  }

  private List<RunReceipt> handle(Task ready, Object body) {
    return switch (body) {
      case ImageOpened opened -> open(ready, opened.getManifest());
      case PageRun run -> map(ready, run);
      case ImageClosed closed -> close(ready, closed.getImageId());
      default -> throw corrupt("a record of the page stream with an unknown body");
    };
  }

  private List<RunReceipt> open(Task ready, ImageManifest manifest) {
    judged.check(manifest);
    if (ready.memory().open(manifest) == ImageMemory.Opening.CONFLICTING) {
      throw PagestreamException.of(
          ErrorCode.DUPLICATE_IMAGE,
          "image " + manifest.getImageId() + " is open already with another manifest",
          "wait for the end of the first, or give it the same options");
    }
    return List.of();
  }

  private List<RunReceipt> map(Task ready, PageRun run) {
    ImageManifest manifest = known(ready, run.getImageId());
    RunOutcome outcome = RunMapper.map(judged.of(manifest), run, options.skipRefused());
    RunReceipt receipt = ready.book().count(manifest, run, outcome);
    return receipt == null ? List.of() : List.of(receipt);
  }

  private static List<RunReceipt> close(Task ready, String imageId) {
    known(ready, imageId);
    ready.memory().close(imageId, ready.context().currentSystemTimeMs());
    return ready.book().close(imageId);
  }

  private static ImageManifest known(Task ready, String imageId) {
    ImageManifest manifest = ready.memory().manifest(imageId);
    if (manifest == null) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "image " + imageId + " has not been opened on this partition",
          "send the image again");
    }
    return manifest;
  }

  /** Sends a record to the dead letters, and settles the run that its key names as one. */
  private void bury(Task ready, Record<byte[], byte[]> record, PagestreamException error) {
    DeadLetter letter =
        DeadLetter.of(
            Stage.MAPPER,
            error.code(),
            "rejected",
            String.valueOf(error.getMessage()),
            RecordSource.of(ready.context()));
    RunKey key = RunKey.parse(record.key());
    ImageManifest manifest = key == null ? null : ready.memory().manifest(key.imageId());
    if (key == null || manifest == null || key.runIndex() >= manifest.getRunCount()) {
      deadLetter(ready, record, letter);
      return;
    }
    deadLetter(ready, record, letter.run(key.imageId(), key.runIndex()));
    RunReceipt receipt = ready.book().skip(manifest, key.runIndex());
    if (receipt != null) {
      forwardReceipt(ready, record, receipt);
    }
  }

  private void deadLetter(Task ready, Record<byte[], byte[]> record, DeadLetter letter) {
    ready
        .context()
        .forward(
            new Record<byte[], Object>(
                DeadLetter.key(record.key()),
                DeadLetter.value(record.value()),
                record.timestamp(),
                letter.headers(record.value())),
            downstream.deadLetters());
  }

  private void forwardReceipt(Task ready, Record<byte[], byte[]> record, RunReceipt receipt) {
    byte[] key = RecordKeys.receipt(receipt.getImageId(), receipt.getStage(), receipt.getBlock());
    ready
        .context()
        .forward(
            new Record<byte[], Object>(key, receiptCodec.encode(receipt), record.timestamp()),
            downstream.receipts());
  }

  private static PagestreamException corrupt(String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT, what, "look at the dead letter and at what wrote it");
  }
}
