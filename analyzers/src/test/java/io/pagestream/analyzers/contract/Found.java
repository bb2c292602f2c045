package io.pagestream.analyzers.contract;

import io.pagestream.analyzers.api.Encoding;
import java.util.Map;

/**
 * One finding, compared with all fields.
 *
 * @param kind kind of artifact
 * @param address physical address of its first byte; in a {@link Sample}, the offset in the sample
 * @param length bytes in memory
 * @param value the artifact as text
 * @param encoding its encoding
 * @param attributes its attributes
 */
public record Found(
    String kind,
    long address,
    int length,
    String value,
    Encoding encoding,
    Map<String, String> attributes) {
  /** Copies its map. */
  public Found {
    attributes = Map.copyOf(attributes);
  }

  /** A finding without attributes. */
  public static Found at(long address, String kind, int length, String value, Encoding encoding) {
    return new Found(kind, address, length, value, encoding, Map.of());
  }

  /** Content that an analyzer without kinds has decoded, each byte as one character. */
  public static Found decoded(long address, String codec, String content, boolean cut) {
    return new Found(
        codec, address, 1, content, Encoding.BINARY, cut ? Map.of("cut", "true") : Map.of());
  }

  /** The same finding, moved. */
  public Found movedBy(long distance) {
    return new Found(kind, address + distance, length, value, encoding, attributes);
  }
}
