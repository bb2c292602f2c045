package io.pagestream.schemas.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas of earlier releases, stored as resources {@code released/VERSION/NAME.avsc} (each
 * complete in itself) and listed in {@code released/index.txt}, one path per line.
 */
public final class ReleasedSchemas {
  private static final String INDEX = "/released/index.txt";

  private ReleasedSchemas() {}

  /**
   * Every released version of the record that {@code current} names; empty before the first
   * release.
   */
  public static List<Schema> of(Schema current) {
    List<Schema> found = new ArrayList<>();
    for (String path : paths()) {
      if (path.endsWith("/" + current.getName() + ".avsc")) {
        found.add(new Schema.Parser().parse(read("/released/" + path)));
      }
    }
    return found;
  }

  /** Paths of all released schemas, relative to {@code released/}. */
  public static List<String> paths() {
    return read(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  private static String read(String resource) {
    try (InputStream in = ReleasedSchemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
