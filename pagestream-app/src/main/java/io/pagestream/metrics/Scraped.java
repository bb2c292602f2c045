package io.pagestream.metrics;

/** The metrics of a process. */
@FunctionalInterface
public interface Scraped {
  /** All values in Prometheus' text format. */
  String scrape();
}
