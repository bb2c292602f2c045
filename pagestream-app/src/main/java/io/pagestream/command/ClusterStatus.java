package io.pagestream.command;

import io.pagestream.broker.GroupLag;
import io.pagestream.cases.collect.ClusterOverview;
import io.pagestream.cases.collect.OpenedTimes;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a cluster: its images, and the lag of its stages.
 *
 * @param images the images with their receipts
 * @param mapper lag of the mapper
 * @param analyzers lag of the analyzers
 * @param now time at which the images were read
 */
record ClusterStatus(ClusterOverview images, GroupLag mapper, GroupLag analyzers, Instant now) {
  private static final int MOST_LABEL = 60;
  private static final String FINISHED = "finished";

  static ClusterStatus of(ClusterOptions cluster) throws InterruptedException {
    String prefix = cluster.prefix();
    ClusterOverview images = ClusterOverview.read(cluster.connection(), prefix);
    return new ClusterStatus(
        images,
        GroupLag.of(
            cluster.connection(),
            StageService.group(prefix, StageProducer.MAPPER),
            Topics.PAGES.name(prefix)),
        GroupLag.of(
            cluster.connection(),
            StageService.group(prefix, StageProducer.ANALYZERS),
            Topics.MAPPED_PAGES.name(prefix)),
        Instant.now());
  }

  /** Whether every image is finished and nothing has failed. */
  boolean isFine() {
    return images.deadLetters().isEmpty()
        && images.unreadable() == 0
        && images.ledgers().stream()
            .allMatch(ledger -> state(ledger).equals(FINISHED) && ledger.doubts().isEmpty());
  }

  private static String state(ImageLedger ledger) {
    ImageManifest manifest = ledger.manifest();
    if (manifest == null) {
      return "unknown";
    }
    if (ledger.isFailed()) {
      return "FAILED";
    }
    boolean all = ledger.isEnded() && ledger.hasAllReceipts();
    return all ? FINISHED : ledger.isEnded() ? "analyzing" : "reading";
  }

  private static String label(ImageLedger ledger) {
    ImageManifest manifest = ledger.manifest();
    return HostileText.printable(
        manifest == null ? "image " + ledger.imageId() : manifest.getName(), MOST_LABEL);
  }

  private static long pages(ImageLedger ledger) {
    ImageManifest manifest = ledger.manifest();
    return manifest == null ? 0 : manifest.getRangeMapPages() - manifest.getAbsentPages();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(stage("mapper", mapper));
    lines.add(stage("analyzers", analyzers));
    int width =
        images.ledgers().stream().mapToInt(ledger -> label(ledger).length()).max().orElse(0);
    String row = "  %-" + Math.max(5, width) + "s  %-10s %14s %14s %14s %8s %8s %12s";
    lines.add(
        row.formatted(
            "image", "state", "pages", "judged", "analyzed", "ETA", "doubts", "dead letters"));
    for (ImageLedger ledger : images.ledgers()) {
      lines.add(
          row.formatted(
              label(ledger),
              state(ledger),
              Quantities.count(pages(ledger)),
              Quantities.count(ledger.progress(Stage.MAPPER).pages()),
              Quantities.count(ledger.progress(Stage.ANALYZERS).pages()),
              eta(ledger),
              Quantities.count(ledger.doubts().size()),
              Quantities.count(letters(ledger))));
    }
    long stray = images.deadLetters().getOrDefault("", 0L);
    if (stray > 0) {
      lines.add("  %s dead letters concern no image".formatted(Quantities.count(stray)));
    }
    if (images.unreadable() > 0) {
      lines.add("  %s records are unreadable".formatted(Quantities.count(images.unreadable())));
    }
    return lines;
  }

  private String eta(ImageLedger ledger) {
    return switch (state(ledger)) {
      case "reading", "analyzing" -> left(ledger).map(Quantities::clock).orElse("-:--");
      default -> "";
    };
  }

  private Optional<Duration> left(ImageLedger ledger) {
    Long opened = images.openedMs().get(ledger.imageId());
    return opened == null
        ? Optional.empty()
        : OpenedTimes.left(
            Duration.ofMillis(now.toEpochMilli() - opened),
            ledger.progress(Stage.ANALYZERS).pages(),
            pages(ledger));
  }

  private long letters(ImageLedger ledger) {
    return images.deadLetters().getOrDefault(ledger.imageId(), 0L);
  }

  private static String stage(String name, GroupLag lag) {
    return "stage %-10s %s, %s runs to do"
        .formatted(
            name,
            lag.members() == 0 ? "NOT RUNNING" : lag.members() + " threads",
            Quantities.count(lag.records()));
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(
        "stages",
        Map.of(
            Words.of(Stage.MAPPER), Map.of("threads", mapper.members(), "lag", mapper.records()),
            Words.of(Stage.ANALYZERS),
                Map.of("threads", analyzers.members(), "lag", analyzers.records())));
    tree.put(
        "images",
        images.ledgers().stream()
            .map(ledger -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("imageId", ledger.imageId());
              one.put("label", label(ledger));
              one.put("state", state(ledger));
              one.put("pages", pages(ledger));
              one.put("judged", ledger.progress(Stage.MAPPER).pages());
              one.put("analyzed", ledger.progress(Stage.ANALYZERS).pages());
              if (!eta(ledger).isEmpty()) {
                left(ledger).ifPresent(left -> one.put("secondsLeft", left.toSeconds()));
              }
              one.put("doubts", ledger.doubts().size());
              one.put("deadLetters", letters(ledger));
              return one;
            })
            .toList());
    tree.put("deadLetters", images.deadLetters().values().stream().mapToLong(n -> n).sum());
    tree.put("unreadable", images.unreadable());
    return tree;
  }
}
