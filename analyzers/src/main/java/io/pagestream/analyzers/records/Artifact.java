package io.pagestream.analyzers.records;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that was confirmed.
 *
 * @param kind kind of finding
 * @param length bytes in memory that were validated, from the record's first byte on
 * @param value the record as text
 * @param encoding encoding of the value in memory
 * @param attributes further information, with kebab-case keys
 * @param confidence null for that of the kind
 */
public record Artifact(
    String kind,
    int length,
    String value,
    Encoding encoding,
    Map<String, String> attributes,
    @Nullable Confidence confidence) {

  /** A binary record with the confidence of its kind. */
  public static Artifact binary(
      String kind, int length, String value, Map<String, String> attributes) {
    return new Artifact(kind, length, value, Encoding.BINARY, attributes, null);
  }

  /** The same with another confidence. */
  public Artifact rated(Confidence other) {
    return new Artifact(kind, length, value, encoding, attributes, other);
  }

  /** The same with the encoding of its value. */
  public Artifact in(Encoding other) {
    return new Artifact(kind, length, value, other, attributes, confidence);
  }
}
