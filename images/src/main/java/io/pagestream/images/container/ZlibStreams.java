package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Recognizes files that are zlib streams (RFC 1950, 2.2): CMF with method 8 and a window of at most
 * 32 KiB, FLG that makes both a multiple of 31. That is true of one in a thousand pairs of bytes,
 * so the data after it is tried too.
 */
final class ZlibStreams {
  /** Enough for a stream of 64 KiB of data that does not compress. */
  private static final int HEAD = 68 << 10;

  /** Random data may pass for a deflate block or two, but not for so many bytes. */
  private static final int ENOUGH = 64 << 10;

  private static final int PRESET_DICTIONARY = 0x20;

  private ZlibStreams() {}

  /** Whether two bytes are a zlib header without a preset dictionary. */
  static boolean isHeader(int first, int second) {
    return first >= 0
        && second >= 0
        && (first & 0x8f) == 8
        && (first << 8 | second) % 31 == 0
        && (second & PRESET_DICTIONARY) == 0;
  }

  /**
   * Whether a file consists of zlib streams: the first can be decompressed for 64 KiB, or ends with
   * a correct checksum, at the end of the file or before another one.
   */
  static boolean recognises(ImageBytes bytes) {
    byte[] head = new byte[(int) Math.min(2, bytes.length())];
    if (bytes.read(0, MemorySegment.ofArray(head)) < 2
        || !isHeader(head[0] & 0xff, head[1] & 0xff)) {
      return false;
    }
    byte[] data = new byte[(int) Math.min(HEAD, bytes.length())];
    int size = (int) bytes.read(0, MemorySegment.ofArray(data));
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(data, 0, size);
      ByteBuffer plain = ByteBuffer.allocate(ENOUGH);
      while (plain.hasRemaining() && inflater.inflate(plain) > 0) {
        // As far as there is data.
      }
      if (!plain.hasRemaining()) {
        return true;
      }
      int end = size - inflater.getRemaining();
      return inflater.finished()
          && (end == bytes.length()
              || (end + 1 < size && isHeader(data[end] & 0xff, data[end + 1] & 0xff)));
    } catch (DataFormatException e) {
      return false;
    }
  }
}
