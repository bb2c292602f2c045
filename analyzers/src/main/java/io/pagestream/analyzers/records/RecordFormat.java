package io.pagestream.analyzers.records;

import org.jspecify.annotations.Nullable;

/**
 * A kind of record: the anchor to search for and the check of what surrounds it.
 *
 * @param anchor expression of {@link io.pagestream.analyzers.api.Patterns}
 * @param startToEnd distance from the record's first byte to the end of the anchor
 * @param anchorLength maximum length of the anchor
 * @param check checks the record and describes it
 */
public record RecordFormat(String anchor, int startToEnd, int anchorLength, Check check) {
  /** The check of one record. An instance is used by one thread and may keep buffers. */
  @FunctionalInterface
  public interface Check {
    /**
     * Checks and describes a possible record. Its work is limited by a constant, whatever the bytes
     * are.
     *
     * @param bytes the bytes from the record's first byte on; nothing but the anchor is verified
     * @return null if it is not a record of this format
     */
    @Nullable Artifact describe(RecordBytes bytes);
  }

  /** A format whose anchor is its first bytes. */
  public static RecordFormat startingWith(String anchor, int anchorLength, Check check) {
    return new RecordFormat(anchor, anchorLength, anchorLength, check);
  }

  /** A format whose anchor begins {@code distance} bytes after its first byte. */
  public static RecordFormat withAnchorAt(
      int distance, String anchor, int anchorLength, Check check) {
    return new RecordFormat(anchor, distance + anchorLength, anchorLength, check);
  }
}
