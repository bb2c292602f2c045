package io.pagestream.schemas.lz;

/**
 * Plain LZ77 of the Xpress algorithm (MS-XCA, 2.4): 32 flags in a u32, highest first, then for each
 * flag a literal or a match u16 of 3 bits of length and 13 of distance. Longer lengths continue in
 * a half byte shared by two matches, a byte, a u16, a u32.
 */
public final class XpressPlain {
  private static final int MIN_MATCH = 3;
  private static final int MORE_THAN_BITS = 7;
  private static final int MORE_THAN_NIBBLE = 15;
  private static final int MORE_THAN_BYTE = 255;

  private int at;
  private int halfByte;

  /** Decodes the bytes from {@code from} to {@code end}, which may not be visible. */
  public Outcome decode(EncodedBytes in, int from, int end, DecodedBytes out) {
    int limit = Math.min(end, in.size());
    at = from;
    halfByte = -1;
    int flags = 0;
    int count = 0;
    while (true) {
      if (count == 0) {
        if (at + 4 > limit) {
          break;
        }
        flags = (int) in.u32(at);
        at += 4;
        count = 32;
      }
      count--;
      if ((flags >>> count & 1) == 0) {
        if (at == limit) {
          break;
        }
        if (!out.put(in.u8(at++))) {
          return Outcome.CUT;
        }
      } else {
        if (at + 2 > limit) {
          break;
        }
        int match = in.u16(at);
        at += 2;
        long length = length(in, match & 7, limit);
        int distance = (match >> 3) + 1;
        if (length < 0 || distance > out.length()) {
          return at > limit && limit < end ? Outcome.CUT : Outcome.NOT;
        }
        if (!out.repeat(distance, (int) Math.min(length, Integer.MAX_VALUE))) {
          return Outcome.CUT;
        }
      }
    }
    return limit < end ? Outcome.CUT : at == limit ? Outcome.WHOLE : Outcome.NOT;
  }

  /** The length; -1 if it is invalid, or if its bytes end beyond the limit. */
  private long length(EncodedBytes in, int first, int limit) {
    long length = first;
    if (length == MORE_THAN_BITS) {
      if (halfByte < 0) {
        if (at >= limit) {
          return beyond(limit);
        }
        halfByte = at;
        length = in.u8(at++) & 15;
      } else {
        length = in.u8(halfByte) >> 4;
        halfByte = -1;
      }
      if (length == MORE_THAN_NIBBLE) {
        if (at >= limit) {
          return beyond(limit);
        }
        length = in.u8(at++);
        if (length == MORE_THAN_BYTE) {
          length = longest(in, limit);
          if (length < MORE_THAN_NIBBLE + MORE_THAN_BITS) {
            return -1;
          }
          length -= MORE_THAN_NIBBLE + MORE_THAN_BITS;
        }
        length += MORE_THAN_NIBBLE;
      }
      length += MORE_THAN_BITS;
    }
    return length + MIN_MATCH;
  }

  private long longest(EncodedBytes in, int limit) {
    if (at + 2 > limit) {
      return beyond(limit);
    }
    long length = in.u16(at);
    at += 2;
    if (length == 0) {
      if (at + 4 > limit) {
        return beyond(limit);
      }
      length = in.u32(at);
      at += 4;
    }
    return length;
  }

  private long beyond(int limit) {
    at = limit + 1;
    return -1;
  }
}
