package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;

/**
 * A raw Snappy block (its format description): the length of the content as a varint, then literals
 * and copies, distinguished by the two lowest bits of their first byte.
 */
final class SnappyBlock {
  private static final int LITERAL = 0;
  private static final int COPY_1 = 1;

  private SnappyBlock() {}

  /**
   * Decodes a block.
   *
   * @param end offset after its last byte, possibly not visible
   * @param maxContent maximum length of the content
   */
  static Outcome decode(EncodedBytes in, int from, long end, DecodedBytes out, int maxContent) {
    int limit = (int) Math.min(end, in.size());
    int at = from;
    long content = 0;
    for (int shift = 0; ; shift += 7) {
      if (at >= limit || shift > 28) {
        return limit < end ? Outcome.CUT : Outcome.NOT;
      }
      int part = in.u8(at++);
      content |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        break;
      }
    }
    if (content > maxContent) {
      return Outcome.NOT;
    }
    int first = out.length();
    while (at < limit) {
      int tag = in.u8(at++);
      int kind = tag & 3;
      int more = kind == LITERAL ? Math.max(0, (tag >> 2) - 59) : kind == 3 ? 4 : kind;
      if (at + more > limit) {
        return limit < end ? Outcome.CUT : Outcome.NOT;
      }
      long number = 0;
      for (int i = 0; i < more; i++) {
        number |= (long) in.u8(at++) << (8 * i);
      }
      if (kind == LITERAL) {
        long length = (more == 0 ? tag >> 2 : number) + 1;
        if (length > end - at) {
          return Outcome.NOT;
        }
        int fits = (int) Math.min(length, limit - at);
        if (!out.put(in, at, fits)) {
          return Outcome.CUT;
        }
        at += fits;
      } else {
        long distance = kind == COPY_1 ? (tag >> 5) << 8 | number : number;
        int length = kind == COPY_1 ? (tag >> 2 & 7) + 4 : (tag >> 2) + 1;
        if (distance == 0 || distance > out.length() - first) {
          return Outcome.NOT;
        }
        if (!out.repeat((int) distance, length)) {
          return Outcome.CUT;
        }
      }
      if (out.length() - first > content) {
        return Outcome.NOT;
      }
    }
    if (limit < end) {
      return Outcome.CUT;
    }
    return out.length() - first == content ? Outcome.WHOLE : Outcome.NOT;
  }
}
