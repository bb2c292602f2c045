package io.pagestream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of one metric by the values of its labels. Values come from keys such as {@code
 * windows:5}: one value for each label, separated by colons. Safe for use by several threads.
 */
final class CounterFamily {
  /** Series of one metric; further values are counted as {@value #OTHER}. */
  static final int MOST_SERIES = 500;

  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Metric metric;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  CounterFamily(MeterRegistry registry, Metric metric) {
    this.registry = registry;
    this.metric = metric;
  }

  void add(String key, double amount) {
    Counter counter = counters.get(key);
    if (counter == null) {
      String bounded = counters.size() < MOST_SERIES ? key : OTHER;
      counter = counters.computeIfAbsent(bounded, this::register);
    }
    counter.increment(amount);
  }

  void addAll(Map<String, Long> amounts) {
    amounts.forEach(this::add);
  }

  private void add(String key, Long amount) {
    add(key, amount.doubleValue());
  }

  private Counter register(String key) {
    List<String> labels = metric.labels();
    // The last label takes the rest, colons included.
    String[] values = key.split(":", labels.size());
    Tags tags = Tags.empty();
    for (int i = 0; i < labels.size(); i++) {
      tags = tags.and(labels.get(i), i < values.length && !values[i].isEmpty() ? values[i] : OTHER);
    }
    return Counter.builder(metric.meter())
        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
        .description(metric.meaning())
        .tags(tags)
        .register(registry);
  }
}
