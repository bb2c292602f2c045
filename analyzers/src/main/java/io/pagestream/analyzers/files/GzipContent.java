package io.pagestream.analyzers.files;

import io.pagestream.analyzers.damage.SoundPages;

/**
 * The content of a gzip member, as far as its bytes are visible. Bytes beyond the member's first
 * page may belong to an unrelated page: their content is kept unless the data proves that they do
 * not belong to the member. Then only that of the {@link SoundPages} is kept.
 */
final class GzipContent implements AutoCloseable {
  /** Limit of the content; the rest is cut. */
  static final int MOST_BYTES = 256 * 1024;

  private static final int TRAILER_BYTES = 8;

  private final InflateBuffer content = new InflateBuffer(MOST_BYTES);
  private final SoundPages sound = new SoundPages();
  private int length;
  private boolean cut;

  /**
   * Decompresses a member.
   *
   * @param header the bytes from its first on
   * @param data offset of the compressed data
   */
  void decode(HeaderBytes header, int data) {
    content.reset();
    cut = true;
    int inPage = Math.clamp(header.inPage(), data, header.size());
    boolean valid = content.feed(header, data, inPage);
    length = content.length();
    boolean proven =
        valid
            && (content.finished()
                || (content.feed(header, inPage, header.size()) && trailerHolds(header, data)));
    if (proven) {
      length = content.length();
      cut = !content.finished();
    } else if (valid) {
      keepSoundPages(header, data, inPage);
    }
  }

  /** After a failure: decompresses again, as far as the pages probably belong to the member. */
  private void keepSoundPages(HeaderBytes header, int data, int inPage) {
    int reached = Math.min(header.size(), data + content.consumed());
    int end = sound.length(header.array(), header.arrayOffset(0), inPage, reached);
    if (end > inPage) {
      content.reset();
      if (content.feed(header, data, end)) {
        length = content.length();
      }
    }
  }

  /** Whether CRC-32 and size are correct, if the data's end and the trailer are visible. */
  private boolean trailerHolds(HeaderBytes header, int data) {
    int at = data + content.consumed();
    return !content.finished()
        || !header.has(at, TRAILER_BYTES)
        || (header.u32le(at) == content.crc32() && header.u32le(at + 4) == content.length());
  }

  /** The decompressed bytes, of which {@link #length()} are valid until the next call. */
  byte[] bytes() {
    return content.bytes();
  }

  int length() {
    return length;
  }

  /** Whether the member continues after these bytes. */
  boolean isCut() {
    return cut;
  }

  @Override
  public void close() {
    content.close();
  }
}
