package io.pagestream.images.identity;

import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Hashes a file's bytes in order; unreadable bytes count as zeros. */
public final class ContentDigest {
  private static final byte[] ZEROS = new byte[1 << 16];

  private final MessageDigest digest = Sha256.algorithm();
  private final Intervals.Builder unreadable = new Intervals.Builder();
  private long count;

  /** Adds all bytes that remain in the buffer. */
  public void add(ByteBuffer bytes) {
    count += bytes.remaining();
    digest.update(bytes);
  }

  /** Adds bytes. */
  public void add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    count += length;
  }

  /** Adds unreadable bytes. */
  public void addUnreadable(long length) {
    unreadable.add(count, count + length);
    addZeros(length);
  }

  /** Adds bytes that are zero. */
  public void addZeros(long length) {
    for (long left = length; left > 0; left -= ZEROS.length) {
      digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
    count += length;
  }

  /** Number of bytes so far. */
  public long count() {
    return count;
  }

  /** The digest of everything; call once, at the end. */
  public FileContent finish() {
    List<ByteRange> ranges =
        unreadable.list().stream()
            .map(range -> new ByteRange(range.start(), range.length()))
            .toList();
    return new FileContent(count, HexFormat.of().formatHex(digest.digest()), ranges);
  }
}
