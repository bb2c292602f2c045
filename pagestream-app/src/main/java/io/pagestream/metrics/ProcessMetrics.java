package io.pagestream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The meters of one process, all with its stage as a label. */
final class ProcessMetrics {
  /** Bounds of the histograms: a run takes from a fraction of a millisecond to many seconds. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofSeconds(100)
  };

  private final PrometheusMeterRegistry registry;

  /**
   * Meters of a process.
   *
   * @param stage value of the label {@code stage}
   * @param version version of the program
   */
  ProcessMetrics(String stage, String version) {
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags(Tags.of("stage", stage));
    gauge(Metric.BUILD, Tags.of("version", version), () -> 1);
  }

  /** All values in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }

  CounterFamily family(Metric metric) {
    return new CounterFamily(registry, metric);
  }

  Counter counter(Metric metric) {
    return Counter.builder(metric.meter())
        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
        .description(metric.meaning())
        .register(registry);
  }

  Timer timer(Metric metric) {
    return Timer.builder(metric.meter())
        .description(metric.meaning())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  void gauge(Metric metric, DoubleSupplier value) {
    gauge(metric, Tags.empty(), value);
  }

  /** A counter that is kept elsewhere. */
  void counter(Metric metric, Tags tags, LongSupplier value) {
    FunctionCounter.builder(metric.meter(), value, LongSupplier::getAsLong)
        .description(metric.meaning())
        .tags(tags)
        .register(registry);
  }

  private void gauge(Metric metric, Tags tags, DoubleSupplier value) {
    Gauge.builder(metric.meter(), value::getAsDouble)
        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
        .description(metric.meaning())
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
