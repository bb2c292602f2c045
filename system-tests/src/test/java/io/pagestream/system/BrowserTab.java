package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A tab of Chromium, over the Chrome DevTools Protocol (its stable part, version 1.3). */
final class BrowserTab implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final JsonMapper json = new JsonMapper();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;

  private BrowserTab(URI address) {
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  static BrowserTab connect(URI address) {
    BrowserTab tab = new BrowserTab(address);
    tab.send("Page.enable", Map.of());
    tab.send("Runtime.enable", Map.of());
    tab.send("Log.enable", Map.of());
    return tab;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        receive(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void receive(String message) {
    try {
      JsonNode node = json.readTree(message);
      if (node.has("id")) {
        CompletableFuture<JsonNode> answer = waiting.remove(node.get("id").asInt());
        if (answer != null) {
          answer.complete(node);
        }
        return;
      }
      JsonNode about = node.path("params");
      switch (node.path("method").asText()) {
        case "Runtime.exceptionThrown" -> complaints.add(about.path("exceptionDetails").toString());
        case "Runtime.consoleAPICalled" -> {
          if (List.of("error", "warning", "assert").contains(about.path("type").asText())) {
            complaints.add(about.toString());
          }
        }
        case "Log.entryAdded" -> {
          if (about.path("entry").path("level").asText().equals("error")) {
            complaints.add(about.path("entry").toString());
          }
        }
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command to the browser. */
  JsonNode send(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
    message.set("params", json.valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    JsonNode node = answer.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).join();
    if (node.has("error")) {
      throw new AssertionError(method + ": " + node.get("error"));
    }
    return node.path("result");
  }

  /** Errors, warnings and refused loads since the start. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Size of the window in CSS pixels, and device pixels in one of these. */
  void size(int width, int height, double scale) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
  }

  /** Sets the preferred color scheme: {@code light} or {@code dark}. */
  void prefer(String scheme) {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void open(String url) {
    send("Page.navigate", Map.of("url", url));
  }

  /** Value of an expression in the page. */
  JsonNode eval(String expression) {
    JsonNode result =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String expression, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!eval("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never true: " + expression + "; the page says: " + eval("document.body.innerText"));
      }
      Thread.sleep(100);
    }
  }

  /** Clicks where an element is. */
  void click(String selector) {
    JsonNode at = middle(selector);
    mouse("mousePressed", at.get(0).asDouble(), at.get(1).asDouble(), 1, 0);
    mouse("mouseReleased", at.get(0).asDouble(), at.get(1).asDouble(), 1, 0);
  }

  /** Turns the mouse wheel at a position of the window; negative is away from the user. */
  void wheel(double x, double y, int delta) {
    mouse("mouseMoved", x, y, 0, 0);
    mouse("mouseWheel", x, y, 0, delta);
  }

  void clickAt(double x, double y) {
    mouse("mouseMoved", x, y, 0, 0);
    mouse("mousePressed", x, y, 1, 0);
    mouse("mouseReleased", x, y, 1, 0);
  }

  private JsonNode middle(String selector) {
    return eval(
        "(() => { const e = document.querySelector('%s'); e.scrollIntoView({block: 'nearest'});"
                .formatted(selector)
            + " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()");
  }

  private void mouse(String type, double x, double y, int clicks, int delta) {
    send(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            clicks > 0 ? "left" : "none",
            "clickCount",
            clicks,
            "deltaX",
            0,
            "deltaY",
            delta));
  }

  /** Types text where the focus is. */
  void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  /** Presses a key. */
  void press(String key) {
    Map<String, ?> down =
        key.length() == 1
            ? Map.of("type", "keyDown", "key", key, "text", key)
            : Map.of("type", "keyDown", "key", key, "code", key);
    send("Input.dispatchKeyEvent", down);
    send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  /** Lets downloads go to a folder. */
  void downloadTo(Path folder) {
    send(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Saves a screenshot of the window. */
  void screenshot(Path file) {
    byte[] png =
        Base64.getDecoder()
            .decode(send("Page.captureScreenshot", Map.of("format", "png")).get("data").asText());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
