package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;

/**
 * An LZ4 block (its block format description): sequences of a token, literals, and a match of at
 * least four bytes, whose distance is a u16. The last sequence has no match.
 */
final class Lz4Block {
  private static final int MIN_MATCH = 4;
  private static final int MORE = 15;

  private int at;

  /**
   * Decodes a block.
   *
   * @param end offset after its last byte, possibly not visible
   * @param history offset in {@code out} of the first byte that a match may repeat
   */
  Outcome decode(EncodedBytes in, int from, long end, DecodedBytes out, int history) {
    int limit = (int) Math.min(end, in.size());
    at = from;
    while (at < limit) {
      int token = in.u8(at++);
      int literals = length(in, token >> 4, limit);
      if (at > limit) {
        break;
      }
      int fits = Math.min(literals, limit - at);
      if (!out.put(in, at, fits)) {
        return Outcome.CUT;
      }
      at += fits;
      if (fits < literals || at == limit) {
        break;
      }
      if (at + 2 > limit) {
        return limit < end ? Outcome.CUT : Outcome.NOT;
      }
      int distance = in.u16(at);
      at += 2;
      if (distance == 0 || distance > out.length() - history) {
        return Outcome.NOT;
      }
      int match = length(in, token & 15, limit) + MIN_MATCH;
      if (at > limit) {
        break;
      }
      if (!out.repeat(distance, match)) {
        return Outcome.CUT;
      }
    }
    if (limit < end) {
      return Outcome.CUT;
    }
    return at == limit ? Outcome.WHOLE : Outcome.NOT;
  }

  /** A length whose additional bytes follow; leaves {@link #at} beyond the limit if they do not. */
  private int length(EncodedBytes in, int first, int limit) {
    int length = first;
    if (first == MORE) {
      int more;
      do {
        if (at >= limit) {
          at = limit + 1;
          return 0;
        }
        more = in.u8(at++);
        length += more;
      } while (more == 255);
    }
    return length;
  }
}
