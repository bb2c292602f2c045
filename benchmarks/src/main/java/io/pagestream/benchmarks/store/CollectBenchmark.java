package io.pagestream.benchmarks.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From encoded findings to {@code findings.jsonl}, by one of two ways: {@code sorter}, the
 * collector's external sorter, and {@code store}, a DuckDB store that is filled in batches and read
 * in order. {@code none} only makes the findings, which the others do too. Arguments: a folder, the
 * way, the number of findings. Prints a row of a Markdown table; each way belongs in a process of
 * its own, since the last column is the process's.
 */
public final class CollectBenchmark {
  private static final int BATCH = 20_000;
  private static final StoreSettings SETTINGS =
      StoreSettings.DEFAULT.withTimeout(Duration.ofMinutes(30));

  private CollectBenchmark() {}

  /** Runs it. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    String way = args[1];
    SyntheticFindings findings =
        new SyntheticFindings(4711, Long.parseLong(args[2]), Long.parseLong(args[2]) / 2);
    Path lines = folder.resolve(way + ".jsonl");
    long start = System.nanoTime();
    long filled;
    try (FindingJson json = new FindingJson(Files.newOutputStream(lines))) {
      filled =
          switch (way) {
            case "sorter" -> sorter(folder, findings, json);
            case "store" -> store(folder, findings, json);
            default -> none(findings);
          };
    }
    long end = System.nanoTime();
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.1f s | %.1f s | %.1f s | %s |",
            way,
            args[2],
            (filled - start) / 1e9,
            (end - filled) / 1e9,
            ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime()
                / 1e9,
            StoreBenchmark.highWater()));
  }

  private static long none(SyntheticFindings findings) {
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    long bytes = 0;
    for (Finding next = findings.next(); next != null; next = findings.next()) {
      bytes += codec.encode(next).length;
    }
    return bytes > 0 ? System.nanoTime() : 0;
  }

  private static long sorter(Path folder, SyntheticFindings findings, FindingJson json) {
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    Map<String, Integer> places = new HashMap<>();
    try (FindingSorter sorter = new FindingSorter(folder, 1, FindingSorter.CHUNK_FINDINGS)) {
      for (Finding next = findings.next(); next != null; next = findings.next()) {
        Integer place = places.get(next.getImageId());
        if (place == null) {
          place = places.size();
          places.put(next.getImageId(), place);
        }
        sorter.add(place, next, codec.encode(next));
      }
      long filled = System.nanoTime();
      sorter.sorted().forEach(finding -> write(json, finding));
      return filled;
    }
  }

  private static long store(Path folder, SyntheticFindings findings, FindingJson json)
      throws IOException {
    Path file = folder.resolve("collect.duckdb");
    Files.deleteIfExists(file);
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    try (LiveStore store = LiveStore.create(file, SETTINGS)) {
      List<Finding> batch = new ArrayList<>(BATCH);
      for (Finding next = findings.next(); next != null; next = findings.next()) {
        batch.add(codec.decode(codec.encode(next), null));
        if (batch.size() == BATCH) {
          store.add(batch);
          batch.clear();
        }
      }
      store.add(batch);
      long filled = System.nanoTime();
      String columns =
          FindingColumn.ALL.stream().map(FindingColumn::sql).collect(Collectors.joining(", "));
      store.ask(
          "SELECT "
              + columns
              + " FROM findings ORDER BY image_id, physical_address, kind, finding_id",
          List.of(),
          rows -> read(rows, json));
      return filled;
    } finally {
      System.out.printf("| size of the store | %,d MiB |%n", Files.size(file) >> 20);
      Files.deleteIfExists(file);
    }
  }

  private static boolean read(ResultSet rows, FindingJson json) throws SQLException {
    ObjectMapper mapper = new ObjectMapper();
    Finding finding = FindingColumn.blank();
    while (rows.next()) {
      int at = 1;
      for (FindingColumn column : FindingColumn.ALL) {
        column.put(
            finding,
            switch (column.type()) {
              case ID, TEXT, WORD -> rows.getString(at);
              case INTEGER -> rows.getInt(at);
              case LONG -> rows.getLong(at);
              case TEXTS -> texts(mapper, rows.getString(at));
            });
        at++;
      }
      write(json, finding);
    }
    return true;
  }

  private static Map<?, ?> texts(ObjectMapper mapper, String json) {
    try {
      return mapper.readValue(json, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FindingJson json, Finding finding) {
    try {
      json.write(finding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
