package io.pagestream.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import io.pagestream.findings.store.CaseStore;
import io.pagestream.findings.store.FindingSearch;
import io.pagestream.findings.store.FindingStore;
import io.pagestream.findings.store.LiveStore;
import io.pagestream.findings.store.StoreSettings;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Loads synthetic findings into a store and asks what the page asks. Arguments: a folder for the
 * case, the number of findings, the number of different URLs to choose from, and {@code live} to
 * fill a live store too. Prints a Markdown table; the folder is made once and used again.
 */
public final class StoreBenchmark {
  private static final int REPETITIONS = 7;
  private static final long SEED = 4711;
  private static final int LIVE_BATCH = 50_000;
  private static final StoreSettings SETTINGS =
      StoreSettings.DEFAULT.withTimeout(Duration.ofMinutes(10));

  private StoreBenchmark() {}

  /** Runs it. */
  public static void main(String... args) throws IOException {
    Path folder = Path.of(args[0]);
    long count = Long.parseLong(args[1]);
    long urls = Long.parseLong(args[2]);
    if (!Files.exists(folder.resolve("manifest.json"))) {
      SyntheticCase.write(folder, new SyntheticFindings(SEED, count, urls), count);
    }
    Files.deleteIfExists(folder.resolve(CaseStore.FILE));
    say("| what | wall | CPU | |");
    say("|---|---|---|---|");
    measure(
        "load findings.jsonl, with histograms",
        count,
        () -> {
          CaseStore.open(folder, SETTINGS, line -> {}).close();
          return count;
        });
    say(
        "| size of findings.jsonl, of the store | | | %,d MiB, %,d MiB |"
            .formatted(
                Files.size(folder.resolve("findings.jsonl")) >> 20,
                Files.size(folder.resolve(CaseStore.FILE)) >> 20));
    measure(
        "open the store that is there",
        0,
        () -> {
          CaseStore.open(folder, SETTINGS, line -> {}).close();
          return 0;
        });
    try (FindingStore store = CaseStore.open(folder, SETTINGS, line -> {})) {
      questions(store, count);
    }
    if (args.length > 3 && args[3].equals("live")) {
      live(folder.resolveSibling(folder.getFileName() + "-live.duckdb"), count, urls);
    }
    say("| most memory of the process (VmHWM) | | | %s |".formatted(highWater()));
  }

  private static void questions(FindingStore store, long count) {
    FindingSearch all = FindingSearch.ALL;
    FindingSearch rare = text("www2.cdn.example-1234.", false);
    FindingSearch often = text("cdn", false);
    FindingSearch regex = text("example-12[0-9]0\\.org/static/js/", true);
    FindingSearch range =
        new FindingSearch(
            Set.of(),
            Set.of(SyntheticFindings.imageId(3)),
            Set.of(),
            null,
            false,
            1L << 30,
            (1L << 30) + (64L << 20));
    FindingSearch kind =
        new FindingSearch(Set.of("email"), Set.of(), Set.of(), null, false, 0, Long.MAX_VALUE);
    ask("values, different", () -> number(store, "SELECT count(*) FROM histograms"));
    ask("facets: by kind", () -> all.count(store, FindingSearch.Facet.KIND).size());
    ask(
        "facets: by image, of one kind",
        () -> kind.count(store, FindingSearch.Facet.IMAGE_ID).size());
    ask(
        "SQL: GROUP BY kind over all rows",
        () ->
            number(
                store, "SELECT count(*) FROM (SELECT kind, count(*) FROM findings GROUP BY kind)"));
    ask("rare substring: by kind", () -> sum(rare.count(store, FindingSearch.Facet.KIND)));
    ask("rare substring: by image", () -> sum(rare.count(store, FindingSearch.Facet.IMAGE_ID)));
    ask("rare substring: first 100", () -> page(rare, store, -1));
    ask("frequent substring: by kind", () -> sum(often.count(store, FindingSearch.Facet.KIND)));
    ask(
        "frequent substring: by image",
        () -> sum(often.count(store, FindingSearch.Facet.IMAGE_ID)));
    ask("frequent substring: first 100", () -> page(often, store, -1));
    ask("regular expression: by kind", () -> sum(regex.count(store, FindingSearch.Facet.KIND)));
    ask("regular expression: first 100", () -> page(regex, store, -1));
    ask("64 MiB of one image: by kind", () -> sum(range.count(store, FindingSearch.Facet.KIND)));
    ask("64 MiB of one image: first 100", () -> page(range, store, -1));
    ask("all: page in the middle", () -> page(all, store, count / 2));
    ask("one kind: page in the middle", () -> page(kind, store, count / 2));
    ask(
        "histogram: 100 most frequent URLs",
        () ->
            number(
                store,
                "SELECT count(*) FROM (SELECT * FROM histograms WHERE kind = 'url' ORDER BY count DESC, value LIMIT 100)"));
    ask(
        "correlations: 100 most shared",
        () ->
            number(
                store,
                "SELECT count(*) FROM (SELECT * FROM histograms WHERE images > 1 ORDER BY images DESC, count DESC, value LIMIT 100)"));
    ask(
        "one image's findings by MiB, for the map",
        () ->
            number(
                store,
                "SELECT count(*) FROM (SELECT physical_address >> 20, count(*) FROM findings WHERE image_id = '"
                    + SyntheticFindings.imageId(3)
                    + "' GROUP BY 1)"));
    ask(
        "one finding by id",
        () ->
            number(
                store,
                "SELECT count(*) FROM finding_rows WHERE finding_id = CAST('00000000000000000000000000000000' AS UUID)"));
  }

  private static FindingSearch text(String text, boolean regex) {
    return new FindingSearch(Set.of(), Set.of(), Set.of(), text, regex, 0, Long.MAX_VALUE);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long page(FindingSearch search, FindingStore store, long after) {
    return search.page(store, after, 100, StoreBenchmark::rows);
  }

  private static long rows(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count += rows.getString("value").isEmpty() ? 0 : 1;
    }
    return count;
  }

  private static long number(FindingStore store, String sql) {
    return store.ask(sql, List.of(), rows -> rows.next() ? rows.getLong(1) : -1);
  }

  private static void live(Path file, long count, long urls) throws IOException {
    Files.deleteIfExists(file);
    SyntheticFindings findings = new SyntheticFindings(SEED, count, urls);
    try (LiveStore store = LiveStore.create(file, SETTINGS)) {
      measure(
          "fill a live store, batches of %,d".formatted(LIVE_BATCH),
          count,
          () -> {
            long added = 0;
            List<Finding> batch = new ArrayList<>(LIVE_BATCH);
            for (Finding next = findings.next(); next != null; next = findings.next()) {
              batch.add(Finding.newBuilder(next).build());
              if (batch.size() == LIVE_BATCH) {
                added += store.add(batch);
                batch.clear();
              }
            }
            return added + store.add(batch);
          });
      measure(
          "refresh its histograms",
          0,
          () -> {
            store.refresh();
            return 0;
          });
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void measure(String what, long count, LongSupplier work) {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    long result = work.getAsLong();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    if (result != count && count > 0) {
      throw new IllegalStateException(what + ": " + result + " instead of " + count);
    }
    say(
        String.format(
            Locale.ROOT,
            "| %s | %.2f s | %.2f s | %s |",
            what,
            seconds,
            cpuSeconds,
            count == 0 ? "" : "%,.0f a second".formatted(count / seconds)));
  }

  private static void ask(String what, LongSupplier question) {
    double[] wall = new double[REPETITIONS];
    long result = 0;
    long cpu = cpuNanos();
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      result = question.getAsLong();
      wall[i] = (System.nanoTime() - start) / 1e6;
    }
    double cpuEach = (cpuNanos() - cpu) / 1e6 / REPETITIONS;
    double first = wall[0];
    Arrays.sort(wall);
    say(
        String.format(
            Locale.ROOT,
            "| %s | %.0f ms (first %.0f, slowest %.0f) | %.0f ms | %,d |",
            what,
            wall[REPETITIONS / 2],
            first,
            wall[REPETITIONS - 1],
            cpuEach,
            result));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String highWater() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\s+", " "))
        .findFirst()
        .orElse("unknown");
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
