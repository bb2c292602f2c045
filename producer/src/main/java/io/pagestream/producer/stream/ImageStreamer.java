package io.pagestream.producer.stream;

import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.producer.run.RunPlan;
import io.pagestream.producer.run.RunReader;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageOpened;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.topic.StartOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Streams images, one after the other: the manifest, the opening on every partition, the findings
 * that the producer makes itself, the runs, the end on every partition. Resumes at the position of
 * a crashed producer: blocks that the last stage has finished are read (for the counts) but not
 * sent again. An image that the topics hold the results of is not sent.
 */
public final class ImageStreamer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final StreamSettings settings;
  private final PageSender sender;
  private volatile @Nullable InFlight current;

  /** A streamer with a separate connection. */
  public ImageStreamer(StreamSettings settings) {
    this.settings = settings;
    this.sender = new PageSender(settings);
  }

  /**
   * Streams one image completely and waits until the broker has acknowledged all of it.
   *
   * @return the end record that was sent
   */
  public ImageClosed stream(StreamRequest request, StreamListener listener)
      throws InterruptedException {
    try {
      return streamOrAnswer(request, listener);
    } catch (KafkaException e) {
      throw ClusterFailure.denied(e)
          .orElseGet(() ->
              PagestreamException.of(
                      ErrorCode.BROKER_UNREACHABLE,
                      "the broker does not answer: " + e.getMessage(),
                      "check that the broker is running, then run the same command again")
                  .causedBy(e));
    }
  }

  private ImageClosed streamOrAnswer(StreamRequest request, StreamListener listener)
      throws InterruptedException {
    listener.begins(request);
    RunPlan plan = RunPlan.of(request.opened().extents(), settings.runPages());
    PageMappings mappings = request.opened().mappings(new SearchProgress(listener));
    ImageManifest manifest = Manifests.of(request, plan, mappings, settings.job());
    manifest.setKernelFindings(settings.evidence().isPublished() && plan.runCount() > 0);
    return switch (KnownImages.left(settings, manifest, sender::deadLetter)) {
      case KnownImages.Left.Nothing() -> send(request, plan, mappings, manifest, listener);
      case KnownImages.Left.Sent(ImageManifest before, StartOffsets start) -> {
        if (settings.again() || !EarlierResults.areRetained(settings, start)) {
          yield send(request, plan, mappings, manifest, listener);
        }
        yield answer(before, start, listener);
      }
      case KnownImages.Left.SentOtherwise(ImageManifest before) -> {
        if (!settings.again()) {
          throw KnownImages.analyzedOtherwise(before, manifest);
        }
        yield send(request, plan, mappings, manifest, listener);
      }
      case KnownImages.Left.OpenAlike(StartOffsets start) ->
          send(request, plan, mappings, manifest, start, true, listener);
      case KnownImages.Left.OpenOtherwise(ImageManifest open, StartOffsets start) -> {
        if (!settings.startOver()) {
          throw KnownImages.conflict(open, manifest);
        }
        giveUp(open, start, false);
        yield send(request, plan, mappings, manifest, listener);
      }
    };
  }

  /**
   * Sends nothing, because the topics hold the results of the same image and job already; waits for
   * those that the stages are still working on.
   */
  private ImageClosed answer(ImageManifest before, StartOffsets start, StreamListener listener)
      throws InterruptedException {
    listener.answered(before);
    if (settings.awaitReceipts()) {
      try (ReceiptFollower receipts =
          new ReceiptFollower(settings, before, start, true, block -> {}, sender::deadLetter)) {
        EarlierResults.await(before, receipts, listener);
      }
    }
    return ImageClosed.newBuilder()
        .setImageId(before.getImageId())
        .setRunCount(before.getRunCount())
        .setState(before.getState())
        .setFiles(before.getFiles())
        .setReadCounts(before.getReadCounts() == null ? new PageCounts() : before.getReadCounts())
        .setDoubts(before.getDoubts())
        .build();
  }

  private ImageClosed send(
      StreamRequest request,
      RunPlan plan,
      PageMappings mappings,
      ImageManifest manifest,
      StreamListener listener)
      throws InterruptedException {
    return send(request, plan, mappings, manifest, EarlierResults.ends(settings), false, listener);
  }

  private ImageClosed send(
      StreamRequest request,
      RunPlan plan,
      PageMappings mappings,
      ImageManifest manifest,
      StartOffsets start,
      boolean resume,
      StreamListener listener)
      throws InterruptedException {
    InFlight inFlight = new InFlight(settings.maxInFlightBytes());
    current = inFlight;
    boolean sent = false;
    try (ReceiptFollower receipts =
            new ReceiptFollower(
                settings, manifest, start, resume, inFlight::finished, sender::deadLetter);
        RunReader reader =
            new RunReader(
                request.opened().image(),
                plan,
                Manifests.LOOK_BEHIND_BYTES,
                Manifests.LOOK_AHEAD_BYTES,
                mappings::spansOf,
                settings.payload())) {
      long firstBlock = receipts.firstUnfinishedBlock();
      listener.opened(manifest);
      sender.sendManifest(manifest, start);
      sender.sendToAllPartitions(manifest.getImageId(), new ImageOpened(manifest));
      // A broker accepts any sequence number from an unknown producer. If a leader
      // refuses the first batch (it may have moved, or not be ready) and accepts the next one, the
      // first one's retries are out of order permanently. Nothing more is sent until the producer
      // is known to each partition.
      sender.flush();
      List<Doubt> missing =
          EvidenceSender.send(settings.evidence(), request.opened(), manifest, sender);
      PageCounts counts = new PageCounts();
      ChangeWatch watch = new ChangeWatch(request.files(), request.opened().image());
      sendRuns(manifest, reader, counts, firstBlock, watch, inFlight, receipts, listener);
      ImageClosed closed = closed(request, manifest, reader, watch, missing, counts);
      sender.sendToAllPartitions(manifest.getImageId(), closed);
      sender.sendManifest(closedManifest(manifest, closed), start);
      sender.flush();
      sent = true;
      listener.closed(closed);
      if (settings.awaitReceipts()) {
        await(inFlight::awaitNothing, inFlight, receipts, listener);
        receipts.awaitDeadLetter();
        receipts.throwIfFailed();
      }
      return closed;
    } catch (PagestreamException e) {
      if (e.code() == ErrorCode.JOB_REFUSED) {
        giveUp(manifest, start, sent);
      }
      throw e;
    } finally {
      current = null;
    }
  }

  /**
   * Marks an image as failed, so that it can be sent again.
   *
   * @param sent whether all of it was sent; otherwise it is ended on every partition
   */
  private void giveUp(ImageManifest open, StartOffsets start, boolean sent) {
    if (!sent) {
      sender.sendToAllPartitions(open.getImageId(), givenUp(open));
    }
    sender.sendManifest(ImageManifest.newBuilder(open).setState(ImageState.FAILED).build(), start);
    sender.flush();
  }

  private static ImageClosed givenUp(ImageManifest open) {
    return ImageClosed.newBuilder()
        .setImageId(open.getImageId())
        .setRunCount(open.getRunCount())
        .setState(ImageState.FAILED)
        .setFiles(open.getFiles())
        .setReadCounts(new PageCounts())
        .build();
  }

  private void sendRuns(
      ImageManifest manifest,
      RunReader reader,
      PageCounts counts,
      long firstBlock,
      ChangeWatch watch,
      InFlight inFlight,
      ReceiptFollower receipts,
      StreamListener listener)
      throws InterruptedException {
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    while (reader.hasNext()) {
      PageRun run = reader.next(manifest.getImageId(), counts);
      watch.read(run);
      long block = layout.blockOf(run.getRunIndex());
      if (block >= firstBlock) {
        receipts.throwIfFailed();
        await(inFlight::awaitRoom, inFlight, receipts, listener);
        long runBytes = InFlight.bytesOf(run);
        inFlight.add(block, runBytes);
        listener.sending(run, runBytes);
        sender.sendRun(run, block);
      }
      listener.sent(run);
    }
  }

  /** Waits for a time; returns whether the awaited condition holds. */
  @FunctionalInterface
  private interface TimedWait {
    boolean await(long nanos) throws InterruptedException;
  }

  private void await(
      TimedWait wait, InFlight inFlight, ReceiptFollower receipts, StreamListener listener)
      throws InterruptedException {
    AttendedTime waited = new AttendedTime(PATIENCE.multipliedBy(2));
    while (!wait.await(PATIENCE.toNanos())) {
      receipts.throwIfFailed();
      sender.flush();
      listener.waiting(waited.read(), inFlight.bytes());
    }
  }

  private static ImageClosed closed(
      StreamRequest request,
      ImageManifest manifest,
      RunReader reader,
      ChangeWatch watch,
      List<Doubt> missing,
      PageCounts counts) {
    return ImageClosed.newBuilder()
        .setImageId(manifest.getImageId())
        .setRunCount(manifest.getRunCount())
        .setState(ImageState.CLOSED)
        .setFiles(request.files().imageFiles())
        .setReadCounts(counts)
        .setWarnings(reader.warnings())
        .setDoubts(doubts(manifest, missing, reader, watch))
        .build();
  }

  private static List<Doubt> doubts(
      ImageManifest manifest, List<Doubt> missing, RunReader reader, ChangeWatch watch) {
    List<Doubt> doubts = new ArrayList<>(manifest.getDoubts());
    doubts.addAll(missing);
    doubts.addAll(reader.doubts(manifest.getDoubts()));
    doubts.addAll(watch.doubts());
    return DoubtList.of(doubts);
  }

  private static ImageManifest closedManifest(ImageManifest manifest, ImageClosed closed) {
    List<String> warnings = new ArrayList<>(manifest.getWarnings());
    warnings.addAll(closed.getWarnings());
    return ImageManifest.newBuilder(manifest)
        .setFiles(closed.getFiles())
        .setWarnings(warnings)
        .setDoubts(closed.getDoubts())
        .setState(closed.getState())
        .setReadCounts(closed.getReadCounts())
        .build();
  }

  /**
   * Page bytes of the current image that were sent and that the analyzers have not finished. May be
   * called on any thread.
   */
  public long bytesInFlight() {
    InFlight now = current;
    return now == null ? 0 : now.bytes();
  }

  /** Number of dead letters that were written. May be called on any thread. */
  public long deadLetters() {
    return sender.deadLetters();
  }

  @Override
  public void close() {
    sender.close();
  }
}
