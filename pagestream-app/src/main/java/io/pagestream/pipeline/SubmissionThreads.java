package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.GivenImage;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.disk.DiskBudget;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.UnwrapProgress;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Streams a job's images, one or several at a time. An image that cannot be opened is recorded, and
 * the next one is tried; any other failure ends the job.
 */
final class SubmissionThreads {
  private final Task task;
  private final List<PagestreamException> failedImages =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, GivenImage> outcomes = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running;
  private final List<Thread> threads = new ArrayList<>();
  private volatile Optional<HashProgress> hashing = Optional.empty();
  private volatile Optional<Search> search = Optional.empty();

  /** Number of pages of an image that have been searched for page tables. */
  record Search(long pagesDone, long pages) {}

  /**
   * The images to stream, and what takes part in that.
   *
   * @param parallel images that are streamed at a time
   * @param inCase ids of images that were in the case before the job
   */
  record Task(
      ImageBatch images,
      int parallel,
      List<String> inCase,
      StreamSettings streaming,
      SharedFiles files,
      OpenOptions open,
      Duration stallTimeout,
      DiskBudget budget,
      FindingCollector collector) {}

  SubmissionThreads(Task task) {
    this.task = task;
    int count = Math.max(1, Math.min(task.parallel(), task.images().images().size()));
    this.running = new AtomicInteger(count);
    for (int i = 0; i < count; i++) {
      String name = count == 1 ? "pagestream-producer" : "pagestream-producer-" + i;
      threads.add(Thread.ofPlatform().name(name).daemon().unstarted(this::work));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void work() {
    int count = task.images().images().size();
    int place = count;
    try (ImageStreamer streamer = new ImageStreamer(task.streaming())) {
      for (place = next.getAndIncrement();
          place < count && !failure.isDone();
          place = next.getAndIncrement()) {
        task.budget().requireRoom();
        stream(place, streamer);
      }
    } catch (PagestreamException e) {
      if (task.budget().isReachedBy(e)) {
        skip(place, count);
      } else {
        failure.complete(e);
      }
    } catch (Throwable e) {
      failure.complete(e);
    } finally {
      if (place < count) {
        task.images().giveUp(); // another thread may wait for the id of this image
      }
      if (running.decrementAndGet() == 0) {
        task.collector().moreMayCome(false);
      }
    }
  }

  private void stream(int place, ImageStreamer streamer) throws InterruptedException {
    AtomicBoolean opened = new AtomicBoolean();
    UnwrapProgress decompressing = task.budget().decompressing();
    try {
      ImageBatch.Outcome outcome =
          task.images().stream(
              place, streamer, task.open().withProgress(decompressing), listener(opened));
      switch (outcome) {
        case ImageBatch.Outcome.Streamed streamed ->
            put(place, GivenImage.Outcome.ANALYZED, streamed.imageId(), "");
        case ImageBatch.Outcome.Duplicate(String imageId, String note) -> {
          boolean before = task.inCase().contains(imageId);
          put(
              place,
              before ? GivenImage.Outcome.IN_CASE : GivenImage.Outcome.GIVEN_TWICE,
              imageId,
              "");
          notes.add(note);
        }
      }
    } catch (PagestreamException e) {
      Responsible responsible = e.code().responsible();
      // An image that does not fit on the disk when decompressed leaves room for the next image.
      boolean doesNotFit = e.code() == ErrorCode.DISK_FULL && !opened.get();
      // A file on a broken disk or share; after the opening, runs of it are in flight.
      boolean unreadable = e.code() == ErrorCode.READ_FAILED && !opened.get();
      if (responsible != Responsible.INPUT
          && responsible != Responsible.USER
          && !doesNotFit
          && !unreadable) {
        throw e;
      }
      failedImages.add(e);
      put(place, GivenImage.Outcome.FAILED, "", String.valueOf(e.getMessage()));
    } finally {
      task.budget().imageClosed(decompressing);
      hashing = Optional.empty();
      search = Optional.empty();
    }
  }

  private StreamListener listener(AtomicBoolean opened) {
    return new StreamListener() {
      @Override
      public void hashing(HashProgress progress) {
        requireGoingOn();
        hashing = Optional.of(progress);
      }

      @Override
      public void searchingPageTables(long pagesDone, long pages) {
        requireGoingOn();
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
        requireGoingOn();
      }

      @Override
      public void waiting(Duration waited, long bytesInFlight) {
        requireGoingOn();
        if (waited.compareTo(task.stallTimeout()) > 0) {
          throw stalled(waited, bytesInFlight);
        }
      }
    };
  }

  /** Ends the work on an image if there is no room, or the work on another one has failed. */
  private void requireGoingOn() {
    task.budget().requireRoom();
    if (failure.getNow(null) instanceof PagestreamException other) {
      throw other;
    }
  }

  private void put(int place, GivenImage.Outcome outcome, String imageId, String message) {
    ImageSubmission image = task.images().images().get(place);
    outcomes.put(place, new GivenImage(image.path(), image.label(), outcome, imageId, message));
  }

  /** Records images that were not read to their end, or not at all. */
  private void skip(int first, int count) {
    for (int place = first; place < count; place = next.getAndIncrement()) {
      String what =
          "%s: not read completely, because the job reached its disk budget"
              .formatted(task.images().images().get(place).files().getFirst());
      skipped.add(what);
      put(place, GivenImage.Outcome.SKIPPED, "", what);
    }
  }

  private static PagestreamException stalled(Duration waited, long bytesInFlight) {
    return PagestreamException.of(
        ErrorCode.STAGE_STALLED,
        "the analyzers have finished nothing for %d s, with %d bytes in flight"
            .formatted(waited.toSeconds(), bytesInFlight),
        "see the log; a larger --analyzer-timeout helps if an analyzer is only slow");
  }

  /** Progress of hashing the next image, while a thread waits for it. */
  Optional<HashProgress> hashing() {
    return hashing;
  }

  /** Images that were not read to their end because the disk budget was reached, in sentences. */
  List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** Notes on the images so far, as sentences. */
  List<String> notes() {
    return notes.stream().sorted().toList();
  }

  /** The outcome of the image at a place; empty if it has none yet. */
  Optional<GivenImage> outcome(int place) {
    return Optional.ofNullable(outcomes.get(place));
  }

  /** Progress of searching the next image for page tables, while a search runs. */
  Optional<Search> search() {
    return search;
  }

  /** Images that could not be opened, so far. */
  List<PagestreamException> failedImages() {
    return List.copyOf(failedImages);
  }

  /** Throws the exception that ended a thread, if one ended early. */
  void throwIfFailed() {
    Throwable cause = failure.getNow(null);
    if (cause instanceof PagestreamException known) {
      throw known;
    }
    if (cause != null) {
      throw new IllegalStateException("streaming the images failed: " + cause, cause);
    }
  }

  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    throwIfFailed();
  }
}
