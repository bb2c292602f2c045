package io.pagestream.images.identity;

import io.pagestream.schemas.avro.ByteRange;
import java.util.List;

/**
 * The content of a file.
 *
 * @param sizeBytes bytes that were hashed
 * @param sha256 SHA-256 of all bytes, lower-case hex; bytes that could not be read count as zeros
 * @param unreadable the bytes that could not be read: sorted, disjoint, not adjacent
 */
public record FileContent(long sizeBytes, String sha256, List<ByteRange> unreadable) {
  /** Copies the list. */
  public FileContent {
    unreadable = List.copyOf(unreadable);
  }
}
