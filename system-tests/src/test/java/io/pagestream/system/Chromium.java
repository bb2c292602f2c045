package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A separate Chromium for the test: headless, with a new profile. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final int port;

  private Chromium(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The browser of this machine, if it has one. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it. */
  static Chromium start(Path executable, Path folder) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "chromium-");
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox", // containers do not permit its sandbox
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(portFile) && Files.readAllLines(portFile).size() >= 2) {
        return new Chromium(process, Integer.parseInt(Files.readAllLines(portFile).getFirst()));
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new IOException(
        "Chromium does not start: " + Files.readString(folder.resolve("chromium.log")));
  }

  /** Its first tab. */
  BrowserTab tab() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
      String answer =
          http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      for (JsonNode target : new JsonMapper().readTree(answer)) {
        if (target.get("type").asText().equals("page")) {
          return BrowserTab.connect(URI.create(target.get("webSocketDebuggerUrl").asText()));
        }
      }
      throw new IOException("no tab in " + answer);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
