package io.pagestream.cases.seal;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entry of a file in the seal of a case.
 *
 * @param name its name in the case folder
 * @param description description of its content
 * @param content size and hashes
 * @param modifiedNanos when it was written, in nanoseconds since 1970
 * @param lines number of its lines
 * @param counts counts of its content, by image id: findings by kind, or spans and pages
 */
public record SealedFile(
    String name,
    String description,
    ContentHash.Hashed content,
    long modifiedNanos,
    long lines,
    SortedMap<String, SortedMap<String, Long>> counts) {
  /** Copies the counts. */
  public SealedFile {
    counts = new TreeMap<>(counts);
  }
}
