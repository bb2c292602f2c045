package io.pagestream.analyzers.api;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receives the artifacts that an analyzer finds in a window. */
@FunctionalInterface
public interface FindingSink {
  /**
   * Reports one artifact. The same artifact reported twice counts once.
   *
   * @param kind one of the analyzer's kinds
   * @param offset offset of its first byte in the window; must be in the window's own part
   * @param length bytes in memory, at least 1; no more than are shown
   * @param value the artifact as text
   * @param encoding its encoding in memory
   * @param attributes further information, with kebab-case keys
   * @param confidence the confidence of this artifact; null for that of its kind
   * @throws IllegalArgumentException if kind, offset or length violate these rules
   */
  void found(
      String kind,
      int offset,
      int length,
      String value,
      Encoding encoding,
      Map<String, String> attributes,
      @Nullable Confidence confidence);

  /** Reports one artifact with the confidence of its kind. */
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
   * Passes on the data decoded from bytes of the window. All analyzers process it, and their
   * findings have the location of the encoded bytes with a longer path. The amount of data that is
   * analyzed is limited; omitted data is counted in the receipt. A sink that does not feed
   * analyzers ignores it.
   *
   * @param codec name of the encoding, upper case, without a hyphen, for example {@code GZIP}
   * @param offset offset of the first encoded byte; must be in the window's own part
   * @param decoded the decoded data, from its first byte on; not kept
   * @param length number of decoded bytes
   * @param cut whether the stream continues after these
   */
  default void descend(String codec, int offset, byte[] decoded, int length, boolean cut) {}

  /** Reports one artifact without attributes. */
  default void found(String kind, int offset, int length, String value, Encoding encoding) {
    found(kind, offset, length, value, encoding, Map.of());
  }
}
