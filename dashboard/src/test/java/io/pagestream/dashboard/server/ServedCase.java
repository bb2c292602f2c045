package io.pagestream.dashboard.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.bytes.ImageFiles;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.dashboard.source.CaseSource;
import io.pagestream.dashboard.source.FinishedCase;
import io.pagestream.schemas.avro.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A case full of hostile values, served by the dashboard. */
final class ServedCase implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-test-1234";

  /** Values that try to act: as markup, script, terminal command, formula, SQL, or by size. */
  static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "javascript:alert(document.domain)",
          "\u001b]0;owned\u0007\u001b[2J",
          "gpj.exe\u202e\u2066evil",
          "=cmd|' /C calc'!A0",
          "'; DROP TABLE finding_rows; --",
          "x".repeat(1 << 20));

  private static final JsonMapper JSON = new JsonMapper();

  private final AutoCloseable opened;
  private final DashboardServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedCase(CaseSource source, AutoCloseable opened, DashboardSettings settings) {
    this.opened = opened;
    this.server = DashboardServer.start(source, settings);
  }

  /** Serves the case in a folder that does not exist yet. */
  static ServedCase in(Path folder, Optional<String> token) {
    return in(
        folder, new DashboardSettings(DashboardSettings.LOOPBACK, 0, token, Optional.empty(), ""));
  }

  /** The same, with the given settings. */
  static ServedCase in(Path folder, DashboardSettings settings) {
    List<Finding> findings = new ArrayList<>(TwoImages.FINDINGS);
    for (int i = 0; i < HOSTILE.size(); i++) {
      Finding finding = SmallCase.finding(0x6000 + 16L * i, "email", HOSTILE.get(i));
      finding.setFindingId("%032x".formatted(0xBAD0000L + i));
      finding.setImage("small.raw.zst");
      findings.add(finding);
    }
    TwoImages.write(folder, findings);
    FinishedCase opened = FinishedCase.open(folder, List.of(), line -> {});
    try {
      return new ServedCase(opened.source(), opened, settings);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Serves these findings from a store, which it closes. */
  static ServedCase of(FindingStore store, Path scratch) {
    ImageLibrary images = new ImageLibrary(id -> List.of(), new ImageFiles(List.of()), scratch);
    return new ServedCase(
        new CaseSource(
            "test", store, NoteFile.in(scratch), images, Optional.empty(), Optional.empty()),
        () -> {
          images.close();
          store.close();
        },
        DashboardSettings.local(0));
  }

  int port() {
    return server.port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  /** Sends a number of requests at once; returns how many were refused because of the rate. */
  long burst(String path, int times) {
    return Stream.generate(
            () -> http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.discarding()))
        .limit(times)
        .toList()
        .stream()
        .filter(answer -> answer.join().statusCode() == 429)
        .count();
  }

  JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  HttpResponse<String> put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a form with one field. */
  HttpResponse<String> form(String path, String field, String value) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(field + "=" + encoded(value)))
            .build());
  }

  /** Sends raw lines, which a client library would not do, and returns the response. */
  String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return answer.lines().collect(Collectors.joining("\n"));
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    try {
      opened.close();
    } catch (Exception e) {
      throw new IllegalStateException("the case cannot be closed", e);
    }
    http.close();
  }
}
