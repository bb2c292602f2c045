package io.pagestream.dashboard.server;

import io.javalin.http.Context;
import io.pagestream.dashboard.api.Json;
import io.pagestream.dashboard.api.MapApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the front end: a closed list, each read or generated once at the start, so that a
 * requested path is never looked up on a disk.
 */
final class DashboardFiles {
  /** The form after a wrong token; sent with the error, not under a separate path. */
  static final String LOGIN_AGAIN = "login again";

  /** The colors of the map, the same as those of pictures. */
  private static final String MAP_COLOURS = "/mapcolours.js";

  private static final String ALERT = "<p role=\"alert\" hidden>";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "app.js",
          "api.js",
          "dom.js",
          "text.js",
          "route.js",
          "overview.js",
          "map.js",
          "mapdraw.js",
          "page.js",
          "findings.js",
          "filters.js",
          "compare.js",
          "coverage.js",
          "login.js",
          "palette.js");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>();

  DashboardFiles() {
    put("/", "index.html", HTML);
    put("/login", "login.html", HTML);
    put(LOGIN_AGAIN, "login.html", HTML);
    files.computeIfPresent(
        LOGIN_AGAIN,
        (path, form) ->
            new String(form, StandardCharsets.UTF_8)
                .replace(ALERT, ALERT.replace(" hidden", ""))
                .getBytes(StandardCharsets.UTF_8));
    put("/dashboard.css", "dashboard.css", "text/css; charset=utf-8");
    put("/icon.svg", "icon.svg", "image/svg+xml");
    SCRIPTS.forEach(name -> put("/" + name, name, SCRIPT));
    String colours = "export const LAYERS = " + Json.text(MapApi.colours()) + ";\n";
    files.put(MAP_COLOURS, colours.getBytes(StandardCharsets.UTF_8));
    types.put(MAP_COLOURS, SCRIPT);
  }

  private void put(String path, String resource, String type) {
    try (InputStream in = DashboardFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + resource);
      }
      files.put(path, in.readAllBytes());
      types.put(path, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The existing paths. */
  List<String> paths() {
    return files.keySet().stream().filter(path -> path.startsWith("/")).toList();
  }

  /** Sends a file from the list. */
  void send(Context context, String path) {
    byte[] bytes = files.get(path);
    String type = types.get(path);
    if (bytes == null || type == null) {
      throw new IllegalArgumentException("not a file of the front end: " + path);
    }
    context.contentType(type).result(bytes);
  }
}
