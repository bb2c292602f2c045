package io.pagestream.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.dashboard.server.DashboardServer;
import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.dashboard.source.FinishedCase;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Loads synthetic findings into a store and asks what the dashboard asks. Arguments: a folder for
 * the case, the number of findings, the number of different URLs to choose from, and {@code live}
 * to fill a live store too. Prints a Markdown table; the folder is made once and used again.
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
      questions(store);
    }
    pageQuestions(folder);
    if (args.length > 3 && args[3].equals("live")) {
      live(folder.resolveSibling(folder.getFileName() + "-live.duckdb"), count, urls);
    }
    say("| most memory of the process (VmHWM) | | | %s |".formatted(highWater()));
  }

  private static void questions(FindingStore store) {
    ask("values, different", () -> number(store, "SELECT count(*) FROM histograms"));
    ask(
        "SQL: GROUP BY kind over all rows",
        () ->
            number(
                store, "SELECT count(*) FROM (SELECT kind, count(*) FROM findings GROUP BY kind)"));
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
  }

  /**
   * What the dashboard asks, as a browser asks it; the figure is the size of the answer in bytes.
   */
  private static void pageQuestions(Path folder) {
    String image = "image=" + SyntheticFindings.imageId(3);
    String other = SyntheticFindings.imageId(1);
    String rare = "q=www2.cdn.example-1234.";
    String regex = "match=regex&q=example-12%5B0-9%5D0%5C.org/static/js/";
    String part = "from=0x40000000&to=0x43ffffff&" + image;
    List<String> questions =
        List.of(
            "overview",
            "facets?kind=email",
            "facets?" + rare,
            "facets?q=cdn",
            "facets?" + regex,
            "facets?" + part,
            "findings?" + image,
            "findings?" + rare,
            "findings?q=cdn",
            "findings?" + regex,
            "findings?" + part,
            "findings?kind=url&sort=value",
            "findings?kind=url&sort=value&dir=desc",
            "findings?sort=value&" + image,
            "findings?sort=value&q=cdn",
            "findings?sort=address",
            "findings?sort=kind&q=cdn",
            "map?cells=8192&" + image,
            "page?address=0x40000000&" + image,
            "coverage?" + image,
            "compare?a=%s&b=%s".formatted(other, SyntheticFindings.imageId(3)));
    FinishedCase opened = FinishedCase.open(folder, List.of(), line -> {});
    DashboardSettings settings =
        new DashboardSettings(
            DashboardSettings.LOOPBACK, 0, Optional.empty(), Optional.empty(), "");
    try (opened;
        DashboardServer dashboard = DashboardServer.start(opened.source(), settings);
        HttpClient http = HttpClient.newHttpClient()) {
      for (String question : questions) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(dashboard.url() + "api/" + question)).build();
        ask("dashboard: " + question, () -> answer(http, request));
      }
    }
  }

  private static long answer(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + " is answered " + answer.statusCode());
      }
      return answer.body().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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

  static String highWater() throws IOException {
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
