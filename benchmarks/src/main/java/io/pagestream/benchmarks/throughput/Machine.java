package io.pagestream.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were measured on, as a Markdown list. */
final class Machine {
  private Machine() {}

  static List<String> lines() throws IOException {
    return List.of(
        "* processor: %s, %d cores"
            .formatted(
                field("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors()),
        "* memory: " + field("/proc/meminfo", "MemTotal"),
        "* kernel: %s %s"
            .formatted(System.getProperty("os.name"), System.getProperty("os.version")),
        "* JDK: %s %s"
            .formatted(
                System.getProperty("java.vendor"), System.getProperty("java.runtime.version")),
        "* load average before (1, 5, 15 min): "
            + String.join(
                " ",
                List.of(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)).subList(0, 3)));
  }

  private static String field(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
