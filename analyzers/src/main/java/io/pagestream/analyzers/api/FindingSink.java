package io.pagestream.analyzers.api;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an analyzer reports what it found in a window. */
@FunctionalInterface
public interface FindingSink {
  /**
   * Reports one artifact. The same artifact reported twice counts once.
   *
   * @param kind one of the analyzer's kinds
   * @param offset offset of its first byte in the window; must lie in the window's own part
   * @param length bytes in memory, at least 1; no more than are shown
   * @param value the artifact as text
   * @param encoding how it is written in memory
   * @param attributes what else is known of it, kebab-case keys
   * @param confidence how sure the analyzer's checks make this one, where that differs from its
   *     kind
   * @throws IllegalArgumentException if kind, offset or length break these rules
   */
  void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes,
      @Nullable Confidence confidence);

  /** Reports one artifact that is as sure as its kind. */
  default void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes) {
    found(kind, offset, length, value, encoding, attributes, null);
  }

  /**
   * Hands over what bytes of the window were decoded to. All analyzers look at it, and what they
   * find has the location of the encoded bytes with a longer path. How much of it is analyzed is
   * bounded; what is left out is counted in the receipt. A sink that shows nothing to analyzers
   * ignores it.
   *
   * @param codec name of the encoding, upper case, without a hyphen, for example {@code GZIP}
   * @param offset offset of the first encoded byte; must lie in the window's own part
   * @param decoded what came out, from its first byte on; not kept
   * @param length how many bytes that is
   * @param cut whether the stream goes on behind these
   */
  default void descend(String codec, int offset, byte[] decoded, int length, boolean cut) {}

  /** Reports one artifact of which nothing else is known. */
  default void found(String kind, int offset, int length, String value, Encoding encoding) {
    found(kind, offset, length, value, encoding, Map.of());
  }
}
