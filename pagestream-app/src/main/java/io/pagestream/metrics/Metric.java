package io.pagestream.metrics;

import java.util.List;
import java.util.Locale;

/**
 * The metrics, in the order of docs/metrics.md, which a test compares with this list. Counters
 * count from the start of the process and include runs that are delivered again after a failure;
 * the exact numbers are those of a case. No label names an image, a host or a file.
 */
enum Metric {
  RUNS(Type.COUNTER, "pagestream.runs", "", "Runs of pages that were processed, or sent."),
  PAGES(
      Type.COUNTER,
      "pagestream.pages",
      "",
      "Pages by outcome: `mapped`, `overridden`, `refused`, `zero`, `excluded`, `unreadable`; of the"
          + " producer only `sent`.",
      "outcome"),
  PAYLOAD(
      Type.COUNTER,
      "pagestream.payload",
      "bytes",
      "Bytes of pages in these runs, inline or by reference."),
  VERDICT_PAGES(
      Type.COUNTER,
      "pagestream.verdict.pages",
      "",
      "Mapper: pages by cache policy and row of its table (docs/cache-policy.md).",
      "profile",
      "row"),
  REFUSED_PAGES(
      Type.COUNTER, "pagestream.refused.pages", "", "Mapper: refused pages by reason.", "reason"),
  FINDINGS(Type.COUNTER, "pagestream.findings", "", "Analyzers: findings by kind.", "kind"),
  CAPPED_FINDINGS(
      Type.COUNTER,
      "pagestream.capped.findings",
      "",
      "Analyzers: findings left out by `--max-findings-per-page`, by kind.",
      "kind"),
  NOT_ANALYZED_PAGES(
      Type.COUNTER,
      "pagestream.not.analyzed.pages",
      "",
      "Analyzers: pages that were not analyzed, by reason.",
      "reason"),
  FAILURES(
      Type.COUNTER,
      "pagestream.analysis.failures",
      "",
      "Analyzers: failed analyses of a run, by analyzer and reason.",
      "analyzer",
      "reason"),
  DEAD_LETTERS(
      Type.COUNTER,
      "pagestream.dead.letters",
      "",
      "Dead letters that this process wrote, by error code and reason.",
      "code",
      "reason"),
  WORK(
      Type.TIMER,
      "pagestream.run.work",
      "seconds",
      "Time that the stage worked on a run, as a histogram."),
  AGE(
      Type.TIMER,
      "pagestream.run.age",
      "seconds",
      "Time from the sending of a run by the producer to the end of its work in this stage, as a"
          + " histogram; by the clocks of both machines."),
  LAG(
      Type.GAUGE,
      "pagestream.lag",
      "records",
      "Records of the stage's input that are not fetched yet, in the partitions of this process."),
  PARTITIONS(
      Type.GAUGE,
      "pagestream.assigned.partitions",
      "",
      "Partitions of the stage's input that this process works on."),
  IMAGES(
      Type.COUNTER,
      "pagestream.images",
      "",
      "Images by event: `opened` and `closed`; of a stage, once for each partition. Of the producer"
          + " also `answered`: not sent, because the cluster has its results.",
      "event"),
  IN_FLIGHT(
      Type.GAUGE,
      "pagestream.in.flight",
      "bytes",
      "Producer: page bytes that are sent and that the analyzers have not finished."),
  BUILD(Type.GAUGE, "pagestream.build", "", "Always 1.", "version");

  /**
   * Types of Prometheus; a timer is a histogram with {@code _count}, {@code _sum}, {@code _max}.
   */
  enum Type {
    COUNTER,
    GAUGE,
    TIMER
  }

  private final Type type;
  private final String meter;
  private final String unit;
  private final String meaning;
  private final String labels;

  Metric(Type type, String meter, String unit, String meaning, String... labels) {
    this.type = type;
    this.meter = meter;
    this.unit = unit;
    this.meaning = meaning;
    this.labels = String.join(",", labels);
  }

  Type type() {
    return type;
  }

  /** Name in Micrometer's form. */
  String meter() {
    return meter;
  }

  /** Base unit; empty if it counts things that the name says. */
  String unit() {
    return unit;
  }

  String meaning() {
    return meaning;
  }

  /** Labels in addition to {@code stage}, which every metric has. */
  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
  }

  /** Name in Prometheus' form: {@code pagestream_payload_bytes_total}. */
  String prometheusName() {
    String name = meter.replace('.', '_');
    String withUnit = unit.isEmpty() ? name : name + '_' + unit.toLowerCase(Locale.ROOT);
    return type == Type.COUNTER ? withUnit + "_total" : withUnit;
  }
}
