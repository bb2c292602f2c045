package io.pagestream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.stages.shell.StageObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts what a stage does. A few additions for each run; lag and partitions when scraped. */
public final class StageMetrics implements StageObserver, Scraped {
  private final ProcessMetrics process;
  private final Counter runs;
  private final Counter payload;
  private final CounterFamily pages;
  private final CounterFamily verdictPages;
  private final CounterFamily refusedPages;
  private final CounterFamily findings;
  private final CounterFamily cappedFindings;
  private final CounterFamily notAnalyzedPages;
  private final CounterFamily failures;
  private final CounterFamily deadLetters;
  private final CounterFamily images;
  private final Timer work;
  private final Timer age;

  /**
   * Metrics of a stage.
   *
   * @param stage value of the label {@code stage}
   * @param version version of the program
   */
  public StageMetrics(String stage, String version) {
    this.process = new ProcessMetrics(stage, version);
    this.runs = process.counter(Metric.RUNS);
    this.payload = process.counter(Metric.PAYLOAD);
    this.pages = process.family(Metric.PAGES);
    this.verdictPages = process.family(Metric.VERDICT_PAGES);
    this.refusedPages = process.family(Metric.REFUSED_PAGES);
    this.findings = process.family(Metric.FINDINGS);
    this.cappedFindings = process.family(Metric.CAPPED_FINDINGS);
    this.notAnalyzedPages = process.family(Metric.NOT_ANALYZED_PAGES);
    this.failures = process.family(Metric.FAILURES);
    this.deadLetters = process.family(Metric.DEAD_LETTERS);
    this.images = process.family(Metric.IMAGES);
    this.work = process.timer(Metric.WORK);
    this.age = process.timer(Metric.AGE);
  }

  /**
   * Adds the gauges of the process's consumers.
   *
   * @param lag records that are not fetched yet
   * @param partitions partitions of the input that the process works on
   */
  public void consumers(LongSupplier lag, LongSupplier partitions) {
    process.gauge(Metric.LAG, lag::getAsLong);
    process.gauge(Metric.PARTITIONS, partitions::getAsLong);
  }

  @Override
  public void opened(ImageManifest manifest) {
    images.add("opened", 1);
  }

  @Override
  public void closed(String imageId) {
    images.add("closed", 1);
  }

  @Override
  public void processed(PageRun run, RunOutcome outcome, long nanos, long ageMs) {
    runs.increment();
    payload.increment((double) outcome.payloadBytes());
    PageCounts counts = outcome.counts();
    add("mapped", counts.getMapped());
    add("overridden", counts.getOverridden());
    add("refused", counts.getRefused());
    add("zero", counts.getZero());
    add("excluded", counts.getExcluded());
    add("unreadable", counts.getUnreadable());
    verdictPages.addAll(outcome.verdictPages());
    refusedPages.addAll(outcome.refusedPages());
    findings.addAll(outcome.findings());
    cappedFindings.addAll(outcome.cappedFindings());
    notAnalyzedPages.addAll(outcome.notAnalyzed());
    failures.addAll(outcome.failures());
    work.record(nanos, TimeUnit.NANOSECONDS);
    age.record(Math.max(0, ageMs), TimeUnit.MILLISECONDS); // the clocks of two machines
  }

  private void add(String outcome, long count) {
    if (count > 0) {
      pages.add(outcome, (double) count);
    }
  }

  @Override
  public void buried(DeadLetter letter) {
    deadLetters.add(letter.code() + ':' + letter.reason(), 1);
  }

  @Override
  public String scrape() {
    return process.scrape();
  }
}
