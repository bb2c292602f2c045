package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a file according to its header.
 *
 * @param value a short description
 * @param length bytes of the header, from the file's first byte to the last field that was
 *     validated
 * @param attributes further information; sizes in bytes
 * @param confidence a confidence other than that of the kind, or null
 */
record FileDescription(
    String value, int length, Map<String, String> attributes, @Nullable Confidence confidence) {
  /** The attribute that contains the size of the whole file in bytes. */
  static final String DECLARED_SIZE = "declared-size";

  /** The attribute that lists the fields that are wrong in a header bent on purpose. */
  static final String ANOMALIES = "anomalies";

  /** A description with the confidence of the kind. */
  FileDescription(String value, int length, Map<String, String> attributes) {
    this(value, length, attributes, null);
  }
}
