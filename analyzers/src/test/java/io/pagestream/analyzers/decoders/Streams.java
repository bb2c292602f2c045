package io.pagestream.analyzers.decoders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** The streams of {@code decoders/streams.txt}, which other programs have written. */
final class Streams {
  private static final Map<String, byte[]> ALL = read();

  private Streams() {}

  private static Map<String, byte[]> read() {
    try (InputStream file =
        Objects.requireNonNull(Streams.class.getResourceAsStream("/decoders/streams.txt"))) {
      Map<String, byte[]> all = new HashMap<>();
      new String(file.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int blank = line.indexOf(' ');
            all.put(line.substring(0, blank), HexFormat.of().parseHex(line.substring(blank + 1)));
          });
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream by its name. */
  static byte[] of(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /** The content of all but the examples of MS-XCA. */
  static String text() {
    return new String(of("text"), StandardCharsets.US_ASCII);
  }

  /** A prefetch file that consists of the example of MS-XCA, 3.2. */
  static byte[] mam() {
    return concat(new byte[] {'M', 'A', 'M', 4, 44, 1, 0, 0}, of("xpress-huffman-ms-xca-abc"));
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
