package io.pagestream.kernel.symbol;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;

/**
 * Decodes the names of kallsyms: each is a length and as many indexes of tokens; the first
 * character of the expanded text is the symbol's type (Linux, kernel/kallsyms.c,
 * kallsyms_expand_symbol). The length is one byte, from 6.1 on ULEB128 of at most two bytes.
 */
final class SymbolNames {
  /** Receives the names in their order. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A name.
     *
     * @param text type, then name; reused
     */
    void name(int index, byte[] text, int length);
  }

  private static final int TOKENS = 256;

  /** KSYM_NAME_LEN is 512 from 6.1 on. */
  private static final int LONGEST_NAME = 1024;

  private static final int LONGEST_TOKEN_TABLE = 64 << 10;
  private static final int CHUNK = 4096;

  private final VirtualMemory memory;
  private final byte[] tokens;
  private final int[] tokenStart = new int[TOKENS];
  private final byte[] chunk = new byte[CHUNK];
  private long chunkStart;
  private int chunkLength;

  SymbolNames(VirtualMemory memory, long tokenTable, long tokenIndex) {
    this.memory = memory;
    int end = 0;
    for (int i = 0; i < TOKENS; i++) {
      tokenStart[i] = memory.u16(tokenIndex + 2L * i);
      end = Math.max(end, tokenStart[i]);
    }
    this.tokens = new byte[Math.min(end + LONGEST_NAME, LONGEST_TOKEN_TABLE)];
    int there = tokens.length;
    while (there > end && !memory.tryRead(tokenTable, tokens, 0, there)) {
      there -= Math.min(there - end, 256); // the table may end just before an unmapped page
    }
    if (there <= end) {
      throw new DamagedRecordException("the token table of kallsyms is not in the image");
    }
  }

  /**
   * Visits all names.
   *
   * @return virtual address after the last name
   */
  long forEach(long names, int count, Visitor visitor) {
    byte[] text = new byte[LONGEST_NAME];
    long at = names;
    chunkLength = 0;
    for (int index = 0; index < count; index++) {
      int length = byteAt(at++);
      if ((length & 0x80) != 0) {
        length = (length & 0x7f) | (byteAt(at++) << 7);
      }
      if (length == 0) {
        throw new DamagedRecordException("kallsyms has an empty name");
      }
      int used = 0;
      for (int i = 0; i < length; i++) {
        used = expand(byteAt(at++), text, used);
      }
      visitor.name(index, text, used);
    }
    return at;
  }

  private int expand(int token, byte[] text, int used) {
    for (int at = tokenStart[token]; at < tokens.length && tokens[at] != 0; at++) {
      if (used == LONGEST_NAME) {
        throw new DamagedRecordException("kallsyms has a name of more than 1024 characters");
      }
      text[used++] = tokens[at];
    }
    return used;
  }

  private int byteAt(long at) {
    long offset = at - chunkStart;
    if (offset < 0 || offset >= chunkLength) {
      chunkStart = at;
      chunkLength = (int) (CHUNK - (at & (CHUNK - 1)));
      offset = 0;
      if (!memory.tryRead(at, chunk, 0, chunkLength)) {
        throw new DamagedRecordException("the names of kallsyms are not in the image");
      }
    }
    return chunk[(int) offset] & 0xff;
  }
}
