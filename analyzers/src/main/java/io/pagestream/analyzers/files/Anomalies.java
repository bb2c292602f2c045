package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one header that are wrong. A loader ignores some fields, and malware bends them on
 * purpose to stop analysis, so a header with a few wrong fields is reported with a lower
 * confidence.
 */
final class Anomalies {
  private final StringBuilder names = new StringBuilder();
  private int harmful;
  private int count;

  /** Records a field that a loader requires, if it is wrong. */
  void require(boolean correct, String name) {
    if (!correct) {
      add(name);
      harmful++;
    }
  }

  /** Records a field that loaders ignore, if it is wrong. */
  void expect(boolean correct, String name) {
    if (!correct) {
      add(name);
    }
  }

  private void add(String name) {
    names.append(count == 0 ? "" : ",").append(name);
    count++;
  }

  /** Number of wrong fields. */
  int count() {
    return count;
  }

  /** Adds the names of the wrong fields, if there are any. */
  void describe(Map<String, String> attributes) {
    if (count > 0) {
      attributes.put(FileDescription.ANOMALIES, names.toString());
    }
  }

  /** Null if no field is wrong, medium if only fields are wrong that loaders ignore, else low. */
  @Nullable Confidence confidence() {
    if (count == 0) {
      return null;
    }
    return harmful == 0 ? Confidence.MEDIUM : Confidence.LOW;
  }
}
