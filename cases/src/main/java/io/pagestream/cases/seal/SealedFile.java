package io.pagestream.cases.seal;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the seal says of one file of a case.
 *
 * @param name its name in the case folder
 * @param description what it holds, for people
 * @param content size and hashes
 * @param modifiedNanos when it was written, in nanoseconds since 1970
 * @param lines its lines
 * @param counts what its lines hold, by image id: findings by kind, or spans and pages
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
