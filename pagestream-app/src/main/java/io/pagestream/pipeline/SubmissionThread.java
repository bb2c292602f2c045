package io.pagestream.pipeline;

import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.disk.DiskBudget;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.identity.HashProgress;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamRequest;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.Responsible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Streams a job's images one after the other. An image that cannot be opened is recorded, and the
 * next one is tried; any other failure ends the job.
 */
final class SubmissionThread {
  private final Task task;
  private final List<PagestreamException> failedImages =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final Thread thread;
  private volatile Optional<HashProgress> hashing = Optional.empty();
  private volatile Optional<Search> search = Optional.empty();

  /** Number of pages of an image that have been searched for page tables. */
  record Search(long pagesDone, long pages) {}

  /** The images to stream, and what takes part in that. */
  record Task(
      ImageBatch images,
      StreamSettings streaming,
      SharedFiles files,
      OpenOptions open,
      Duration stallTimeout,
      DiskBudget budget,
      FindingCollector collector) {}

  SubmissionThread(Task task) {
    this.task = task;
    this.thread = Thread.ofPlatform().name("pagestream-producer").daemon().unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  private void work() {
    int place = 0;
    try (ImageStreamer streamer = new ImageStreamer(task.streaming())) {
      for (; place < task.images().images().size(); place++) {
        task.budget().requireRoom();
        stream(place, streamer);
        task.budget().imageClosed();
      }
    } catch (PagestreamException e) {
      if (task.budget().isReachedBy(e)) {
        skip(task.images().images().subList(place, task.images().images().size()));
      } else {
        failure.complete(e);
      }
    } catch (Throwable e) {
      failure.complete(e);
    } finally {
      task.collector().moreMayCome(false);
    }
  }

  private void stream(int place, ImageStreamer streamer) throws InterruptedException {
    AtomicBoolean opened = new AtomicBoolean();
    try {
      ImageBatch.Outcome outcome =
          task.images().stream(
              place,
              streamer,
              task.open(),
              new StreamListener() {
                @Override
                public void hashing(HashProgress progress) {
                  task.budget().requireRoom();
                  hashing = Optional.of(progress);
                }

                @Override
                public void searchingPageTables(long pagesDone, long pages) {
                  task.budget().requireRoom();
                  hashing = Optional.empty();
                  search = Optional.of(new Search(pagesDone, pages));
                }

                @Override
                public void begins(StreamRequest request) {
                  task.files().add(request.imageId(), request.files().files());
                }

                @Override
                public void opened(ImageManifest manifest) {
                  opened.set(true);
                  hashing = Optional.empty();
                  search = Optional.empty();
                  task.collector().expect(manifest.getImageId());
                }

                @Override
                public void sent(PageRun run) {
                  task.budget().requireRoom();
                }

                @Override
                public void waiting(Duration waited, long bytesInFlight) {
                  task.budget().requireRoom();
                  if (waited.compareTo(task.stallTimeout()) > 0) {
                    throw stalled(waited, bytesInFlight);
                  }
                }
              });
      if (outcome instanceof ImageBatch.Outcome.Duplicate(String note)) {
        notes.add(note);
      }
    } catch (PagestreamException e) {
      Responsible responsible = e.code().responsible();
      // An image that does not fit on the disk when decompressed leaves room for the next image.
      boolean doesNotFit = e.code() == ErrorCode.DISK_FULL && !opened.get();
      if (responsible != Responsible.INPUT && responsible != Responsible.USER && !doesNotFit) {
        throw e;
      }
      failedImages.add(e);
    } finally {
      hashing = Optional.empty();
      search = Optional.empty();
    }
  }

  /** Records images that were not read to their end, or not at all. */
  private void skip(List<ImageSubmission> rest) {
    for (ImageSubmission image : rest) {
      skipped.add(
          "%s: not read completely, because the job reached its disk budget"
              .formatted(image.files().getFirst()));
    }
  }

  private static PagestreamException stalled(Duration waited, long bytesInFlight) {
    return PagestreamException.of(
        ErrorCode.STAGE_STALLED,
        "the analyzers have finished nothing for %d s, with %d bytes in flight"
            .formatted(waited.toSeconds(), bytesInFlight),
        "see the log; a larger --analyzer-timeout helps if an analyzer is only slow");
  }

  /** Progress of hashing the next image, while the thread waits for it. */
  Optional<HashProgress> hashing() {
    return hashing;
  }

  /** Images that were not read to their end because the disk budget was reached, in sentences. */
  List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** Notes on the images so far, as sentences. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Progress of searching the next image for page tables, while a search runs. */
  Optional<Search> search() {
    return search;
  }

  /** Images that could not be opened, so far. */
  List<PagestreamException> failedImages() {
    return List.copyOf(failedImages);
  }

  /** Throws the exception that ended the thread, if it ended early. */
  void throwIfFailed() {
    Throwable cause = failure.getNow(null);
    if (cause instanceof PagestreamException known) {
      throw known;
    }
    if (cause != null) {
      throw new IllegalStateException("streaming the images failed", cause);
    }
  }

  void join() throws InterruptedException {
    thread.join();
    throwIfFailed();
  }
}
