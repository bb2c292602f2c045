package io.pagestream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.pagestream.images.identity.HashProgress;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamRequest;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import java.time.Duration;

/** Counts what the producer does: a few additions for each run. */
public final class ProducerMetrics implements Scraped {
  private final ProcessMetrics process;
  private final Counter runs;
  private final Counter payload;
  private final CounterFamily pages;
  private final CounterFamily images;

  /**
   * Metrics of a producer.
   *
   * @param version version of the program
   */
  public ProducerMetrics(String version) {
    this.process = new ProcessMetrics("producer", version);
    this.runs = process.counter(Metric.RUNS);
    this.payload = process.counter(Metric.PAYLOAD);
    this.pages = process.family(Metric.PAGES);
    this.images = process.family(Metric.IMAGES);
  }

  /** Adds what the streamer counts itself. */
  public void streamer(ImageStreamer streamer) {
    process.gauge(Metric.IN_FLIGHT, streamer::bytesInFlight);
    process.counter(
        Metric.DEAD_LETTERS,
        Tags.of("code", ErrorCode.RECORD_CORRUPT.toString(), "reason", "rejected"),
        streamer::deadLetters);
  }

  /** A listener that counts, and passes everything on to another. */
  public StreamListener before(StreamListener next) {
    return new Counting(next);
  }

  @Override
  public String scrape() {
    return process.scrape();
  }

  private final class Counting implements StreamListener {
    private final StreamListener next;

    Counting(StreamListener next) {
      this.next = next;
    }

    @Override
    public void begins(StreamRequest request) {
      next.begins(request);
    }

    @Override
    public void hashing(HashProgress progress) {
      next.hashing(progress);
    }

    @Override
    public void searchingPageTables(long pagesDone, long allPages) {
      next.searchingPageTables(pagesDone, allPages);
    }

    @Override
    public void opened(ImageManifest manifest) {
      images.add("opened", 1);
      next.opened(manifest);
    }

    @Override
    public void answered(ImageManifest before) {
      images.add("answered", 1);
      next.answered(before);
    }

    @Override
    public void sending(PageRun run, long runBytes) {
      runs.increment();
      pages.add("sent", run.getPageCount());
      payload.increment((double) runBytes);
      next.sending(run, runBytes);
    }

    @Override
    public void sent(PageRun run) {
      next.sent(run);
    }

    @Override
    public void waiting(Duration waited, long bytesInFlight) {
      next.waiting(waited, bytesInFlight);
    }

    @Override
    public void closed(ImageClosed closed) {
      images.add("closed", 1);
      next.closed(closed);
    }
  }
}
