package io.pagestream.stages.shell;

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
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.DeadLetters;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.RunKey;
import io.pagestream.stages.image.ImageMemory;
import io.pagestream.stages.image.ImageStores;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A stage on one partition: reads the page stream and sends the output of its {@link StageWork},
 * receipts and dead letters. Accepts records as bytes from a topic, or decoded from another stage
 * in the same process.
 *
 * <p>The content of a record never causes an exception: a record that cannot be decoded or
 * processed becomes a dead letter, and the run in its key is settled as one, so that its block can
 * be finished. A record that is delivered again has the same effect as one delivered once.
 */
public final class StageProcessor implements Processor<byte[], Object, byte[], Object> {
  private final Settings settings;
  private final StageWork work;
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private @Nullable PageStreamRecord reusable;
  private @Nullable Task task;

  /**
   * Settings of the shell.
   *
   * @param stage stage that writes the receipts and dead letters
   * @param keepClosed how long an image's manifest and receipts are kept after its end, by the wall
   *     clock
   * @param reuseRuns whether the buffers of a decoded run are reused for the next run: only if the
   *     work keeps no reference to a run, and none of its threads may still read it
   * @param observer receives what the stage does
   */
  public record Settings(
      Stage stage,
      Duration keepClosed,
      boolean reuseRuns,
      StageNodes nodes,
      StageObserver observer) {}

  /** State that exists after init. */
  private record Task(
      ProcessorContext<byte[], Object> context, ImageMemory images, ReceiptBook book) {}

  public StageProcessor(Settings settings, StageWork work) {
    this.settings = settings;
    this.work = work;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    ImageMemory images =
        new ImageMemory(context, ImageStores.of(settings.stage()), settings.keepClosed());
    task = new Task(context, images, new ReceiptBook(settings.stage(), images));
  }

  @Override
  public void process(Record<byte[], Object> record) {
    Task ready = task;
    if (ready == null) {
      throw new IllegalStateException("process before init");
    }
    Outlet outlet =
        new Outlet(ready.context(), settings.nodes(), record, this::original, settings.observer());
    PageStreamRecord stream;
    List<RunReceipt> receipts;
    try {
      stream = decode(record.value());
      receipts = handle(ready, stream.getBody(), outlet);
    } catch (PagestreamException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // the stage is being stopped
      }
      bury(ready, record, e, outlet);
      return;
    } catch (KafkaException e) {
      throw e; // the broker's or Kafka Streams' own: the record is not to blame
    } catch (RuntimeException e) {
      bury(ready, record, corrupt("the record cannot be processed: " + e).causedBy(e), outlet);
      return;
    }
    work.pass(stream, outlet);
    receipts.forEach(receipt -> send(receipt, outlet));
  }

  private PageStreamRecord decode(@Nullable Object value) {
    return switch (value) {
      case PageStreamRecord decoded -> decoded;
      case byte[] encoded -> {
        PageStreamRecord stream = pageCodec.decode(encoded, reusable);
        // Manifests are kept, so only the record of a run may be overwritten by the next.
        reusable = settings.reuseRuns() && stream.getBody() instanceof PageRun ? stream : null;
        yield stream;
      }
      case null, default -> throw corrupt("a record without a value");
    };
  }

  private byte @Nullable [] original(@Nullable Object value) {
    return switch (value) {
      case PageStreamRecord decoded -> pageCodec.encode(decoded);
      case byte[] encoded -> encoded;
      case null, default -> null;
    };
  }

  private List<RunReceipt> handle(Task ready, Object body, Outlet outlet) {
    return switch (body) {
      case ImageOpened opened -> open(ready, opened.getManifest(), outlet);
      case PageRun run -> run(ready, run, outlet);
      case ImageClosed closed -> close(ready, closed.getImageId());
      default -> throw corrupt("a record of the page stream with an unknown body");
    };
  }

  private List<RunReceipt> open(Task ready, ImageManifest manifest, Outlet outlet) {
    PagestreamException refusal = refusal(manifest);
    settings.observer().opened(manifest);
    if (ready.images().open(manifest) == ImageMemory.Opening.CONFLICTING) {
      throw PagestreamException.of(
          ErrorCode.DUPLICATE_IMAGE,
          "image " + manifest.getImageId() + " is already open with another manifest",
          "wait until the first one has finished, or use the same options");
    }
    if (refusal != null) {
      // The image is open nevertheless, so that its runs are counted, as dead letters.
      outlet.bury(letter(outlet, DeadLetters.REFUSED, refusal).image(manifest.getImageId()));
    }
    return List.of();
  }

  private @Nullable PagestreamException refusal(ImageManifest manifest) {
    try {
      work.check(manifest);
      return null;
    } catch (PagestreamException e) {
      if (e.code() == ErrorCode.JOB_REFUSED) {
        return e;
      }
      throw e;
    }
  }

  private List<RunReceipt> run(Task ready, PageRun run, Outlet outlet) {
    ImageManifest manifest = known(ready, run.getImageId());
    long begun = System.nanoTime();
    RunOutcome outcome = work.process(manifest, run, outlet);
    settings
        .observer()
        .processed(
            run,
            outcome,
            System.nanoTime() - begun,
            ready.context().currentSystemTimeMs() - outlet.timestampMs());
    RunReceipt receipt = ready.book().count(manifest, run, outcome);
    return receipt == null ? List.of() : List.of(receipt);
  }

  private List<RunReceipt> close(Task ready, String imageId) {
    var _ = known(ready, imageId);
    settings.observer().closed(imageId);
    ready.images().close(imageId, ready.context().currentSystemTimeMs());
    return ready.book().close(imageId);
  }

  private static ImageManifest known(Task ready, String imageId) {
    ImageManifest manifest = ready.images().manifest(imageId);
    if (manifest == null) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "image " + imageId + " has not been opened on this partition",
          "send the image again");
    }
    return manifest;
  }

  /** Sends a record to the dead letters, and settles the run that its key names as one. */
  private void bury(
      Task ready, Record<byte[], Object> record, PagestreamException error, Outlet outlet) {
    boolean refused = error.code() == ErrorCode.JOB_REFUSED;
    DeadLetter letter = letter(outlet, refused ? DeadLetters.REFUSED : "rejected", error);
    RunKey key = RunKey.parse(record.key());
    ImageManifest manifest = key == null ? null : ready.images().manifest(key.imageId());
    if (key == null || manifest == null || key.runIndex() >= manifest.getRunCount()) {
      outlet.bury(letter);
      return;
    }
    DeadLetter run = letter.run(key.imageId(), key.runIndex());
    if (refused) {
      outlet.buryWithoutValue(run); // otherwise the whole image would be kept as dead letters
    } else {
      outlet.bury(run);
    }
    RunReceipt receipt = ready.book().skip(manifest, key.runIndex());
    if (receipt != null) {
      send(receipt, outlet);
    }
  }

  private DeadLetter letter(Outlet outlet, String reason, PagestreamException error) {
    return outlet.letter(
        settings.stage(), error.code(), reason, String.valueOf(error.getMessage()));
  }

  private void send(RunReceipt receipt, Outlet outlet) {
    outlet.send(
        settings.nodes().receipts(),
        RecordKeys.receipt(receipt.getImageId(), receipt.getStage(), receipt.getBlock()),
        receiptCodec.encode(receipt));
  }

  private static PagestreamException corrupt(String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT, what, "check the dead letter and the program that wrote it");
  }

  @Override
  public void close() {
    work.close();
  }
}
