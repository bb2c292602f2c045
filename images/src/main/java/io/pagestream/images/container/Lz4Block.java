package io.pagestream.images.container;

/**
 * Decodes blocks of LZ4 (lz4_Block_format.md): a token with the lengths of literals and of a match,
 * the literals, and the offset of the match, which may be in earlier blocks.
 */
final class Lz4Block {
  /** Largest offset of a match. */
  static final int HISTORY = 1 << 16;

  private static final int MINIMUM_MATCH = 4;

  private Lz4Block() {}

  /**
   * Decodes a block behind its history.
   *
   * @param plain earlier content before {@code from}; receives the content from there on
   * @param first where the earlier content begins
   * @param limit where there is no more room
   * @return the position after the content, or -1 if the block is invalid
   */
  static int decode(byte[] packed, int size, byte[] plain, int first, int from, int limit) {
    int in = 0;
    int out = from;
    while (in < size) {
      int token = packed[in++] & 0xff;
      int literals = token >>> 4;
      if (literals == 15) {
        int more;
        do {
          if (in >= size || literals > limit) {
            return -1;
          }
          more = packed[in++] & 0xff;
          literals += more;
        } while (more == 255);
      }
      if (literals > size - in || literals > limit - out) {
        return -1;
      }
      System.arraycopy(packed, in, plain, out, literals);
      in += literals;
      out += literals;
      if (in == size) {
        return out; // the last sequence has literals only
      }
      if (size - in < 2) {
        return -1;
      }
      int offset = (packed[in] & 0xff) | ((packed[in + 1] & 0xff) << 8);
      in += 2;
      int match = (token & 15) + MINIMUM_MATCH;
      if ((token & 15) == 15) {
        int more;
        do {
          if (in >= size || match > limit) {
            return -1;
          }
          more = packed[in++] & 0xff;
          match += more;
        } while (more == 255);
      }
      if (offset == 0 || offset > out - first || match > limit - out) {
        return -1;
      }
      if (offset >= match) {
        System.arraycopy(plain, out - offset, plain, out, match);
        out += match;
      } else {
        for (int end = out + match; out < end; out++) {
          plain[out] = plain[out - offset];
        }
      }
    }
    return -1;
  }
}
