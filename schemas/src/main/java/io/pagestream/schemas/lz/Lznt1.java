package io.pagestream.schemas.lz;

/**
 * The chunks of LZNT1 (MS-XCA, 2.5): 4096 bytes of content, each with a header u16: bit 15
 * "compressed", bits 14 to 12 are 3, bits 11 to 0 the size of the data minus 1. A header of zero
 * ends the stream.
 */
public final class Lznt1 {
  /** Content of each chunk but the last. */
  public static final int CHUNK_BYTES = 4096;

  /** Bits 14 to 12 of every header. */
  public static final int SIGNATURE = 3;

  private static final int HEADER_BYTES = 2;

  private Lznt1() {}

  /**
   * Decodes a stream that ends with a header of zero, with the input, or with the room for output.
   *
   * @param end offset after the stream, which is visible
   */
  public static Outcome decode(EncodedBytes in, int from, int end, DecodedBytes out) {
    int at = from;
    while (at + HEADER_BYTES <= end && out.room() > 0) {
      int header = in.u16(at);
      if (header == 0) {
        return Outcome.WHOLE;
      }
      int next = at + HEADER_BYTES + 1 + (header & 0xfff);
      if ((header >> 12 & 7) != SIGNATURE || next > end) {
        return Outcome.NOT;
      }
      boolean compressed = header >> 15 == 1;
      Outcome outcome =
          compressed
              ? chunk(in, at + HEADER_BYTES, next, out)
              : stored(in, at + HEADER_BYTES, next, out);
      if (outcome != Outcome.WHOLE) {
        return outcome;
      }
      at = next;
    }
    return Outcome.WHOLE;
  }

  /**
   * Copies a chunk that is not compressed.
   *
   * @param from offset after the chunk's header
   * @param end offset after the chunk
   */
  public static Outcome stored(EncodedBytes in, int from, int end, DecodedBytes out) {
    if (end - from != CHUNK_BYTES) {
      return Outcome.NOT;
    }
    int fits = Math.min(end, in.size()) - from;
    return out.put(in, from, fits) && fits == CHUNK_BYTES ? Outcome.WHOLE : Outcome.CUT;
  }

  /**
   * Decodes a compressed chunk: at most {@link #CHUNK_BYTES} of content.
   *
   * @param from offset after the chunk's header
   * @param end offset after the chunk, which may not be visible
   */
  public static Outcome chunk(EncodedBytes in, int from, int end, DecodedBytes out) {
    int limit = Math.min(end, in.size());
    int first = out.length();
    int at = from;
    while (at < limit) {
      int flags = in.u8(at++);
      for (int bit = 0; bit < 8 && at < limit; bit++, flags >>= 1) {
        if (out.length() - first >= CHUNK_BYTES) {
          return Outcome.NOT;
        }
        if ((flags & 1) == 0) {
          if (!out.put(in.u8(at++))) {
            return Outcome.CUT;
          }
        } else if (at + 2 > limit) {
          return limit < end ? Outcome.CUT : Outcome.NOT;
        } else {
          int lengthBits = lengthBits(out.length() - first);
          int token = in.u16(at);
          int distance = (token >> lengthBits) + 1;
          int length = (token & ((1 << lengthBits) - 1)) + 3;
          at += 2;
          if (distance > out.length() - first || length > CHUNK_BYTES - (out.length() - first)) {
            return Outcome.NOT;
          }
          if (!out.repeat(distance, length)) {
            return Outcome.CUT;
          }
        }
      }
    }
    return limit < end ? Outcome.CUT : Outcome.WHOLE;
  }

  /** Bits of the length in a token: fewer, the more of the chunk can be repeated. */
  private static int lengthBits(int position) {
    int bits = 12;
    for (int reach = 16; reach < position; reach <<= 1) {
      bits--;
    }
    return bits;
  }
}
