package io.pagestream.analyzers.decoders;

/**
 * LZNT1 (MS-XCA, 2.5), as NTFS and {@code RtlCompressBuffer} write it: chunks of 4096 bytes of
 * content, each with a header u16: bit 15 "compressed", bits 14 to 12 are 3, bits 11 to 0 the size
 * of the data minus 1. A header of zero ends the stream.
 *
 * <p>The format has no signature. Anchors are the header of a compressed chunk and the eight
 * literals with which text, or a program, begins. The first chunk must yield {@value #CHUNK} bytes,
 * or the stream must end after it; and it must be shorter than its content.
 */
final class Lznt1Chunks implements StreamDecoder {
  static final String PATTERN =
      "[\\xb0-\\xbf]\\x00(?:MZ\\x90\\x00\\x03\\x00\\x00\\x00|[ -~\\r\\n]{8})";

  /** A match ends after the second byte of the header, the flags and eight literals. */
  static final int MATCH_BYTES = 11;

  private static final int CHUNK = 4096;
  private static final int SIGNATURE = 3;
  private static final int MIN_OUTPUT = 64;

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    int at = 0;
    while (in.has(at, 2)) {
      int header = in.u16(at);
      int first = out.length();
      int end = at + 3 + (header & 0xfff);
      boolean compressed = header >> 15 == 1;
      if ((header >> 12 & 7) != SIGNATURE) {
        return header == 0 && out.length() >= MIN_OUTPUT ? Outcome.WHOLE : after(out);
      }
      Outcome outcome = compressed ? chunk(in, at + 2, end, out) : plain(in, at + 2, end, out);
      in.spend(Math.min(end, in.size()) - at + out.length() - first);
      if (outcome == Outcome.NOT) {
        out.truncate(first);
        return after(out);
      }
      if (outcome == Outcome.CUT) {
        return out.length() >= CHUNK ? Outcome.CUT : Outcome.NOT;
      }
      boolean isLast = out.length() - first < CHUNK;
      if (isLast) {
        boolean ends = in.has(end, 2) && in.u16(end) == 0;
        boolean smaller = end < out.length();
        return ends && smaller && out.length() >= MIN_OUTPUT ? Outcome.WHOLE : after(out);
      }
      at = end;
    }
    return after(out);
  }

  /** What follows the last valid chunk is something else, or not visible. */
  private static Outcome after(DecodedBytes out) {
    return out.length() >= CHUNK ? Outcome.CUT : Outcome.NOT;
  }

  private static Outcome plain(EncodedBytes in, int from, int end, DecodedBytes out) {
    if (end - from != CHUNK) {
      return Outcome.NOT;
    }
    int fits = Math.min(end, in.size()) - from;
    return out.put(in, from, fits) && fits == CHUNK ? Outcome.WHOLE : Outcome.CUT;
  }

  private static Outcome chunk(EncodedBytes in, int from, int end, DecodedBytes out) {
    int limit = Math.min(end, in.size());
    int first = out.length();
    int at = from;
    while (at < limit) {
      int flags = in.u8(at++);
      for (int bit = 0; bit < 8 && at < limit; bit++, flags >>= 1) {
        if (out.length() - first >= CHUNK) {
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
          if (distance > out.length() - first || length > CHUNK - (out.length() - first)) {
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
