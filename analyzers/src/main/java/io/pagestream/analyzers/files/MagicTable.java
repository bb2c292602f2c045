package io.pagestream.analyzers.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Finds the first bytes of all formats in one pass, two bytes at a time. A table of all pairs says
 * for each whether it is how a format begins (bytes 0 and 1), or how one goes on that began one
 * byte earlier (bytes 1 and 2); so it is enough to look at every second offset.
 */
final class MagicTable {
  private static final byte BEGINS = 1;
  private static final byte BEGAN_ONE_BEFORE = 2;
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] pairs = new byte[1 << 16];

  /** Takes an offset at which the first two or three bytes of a format stand. */
  interface Candidates {
    /** A file may begin at {@code offset}. */
    void mayStartAt(int offset);
  }

  MagicTable(List<? extends FileFormat> formats) {
    for (FileFormat format : formats) {
      byte[] magic = format.magic();
      pairs[pair(magic[0], magic[1])] |= BEGINS;
      if (magic.length > 2) {
        pairs[pair(magic[1], magic[2])] |= BEGAN_ONE_BEFORE;
      } else {
        for (int third = 0; third < 256; third++) {
          pairs[pair(magic[1], (byte) third)] |= BEGAN_ONE_BEFORE;
        }
      }
    }
  }

  private static int pair(byte first, byte second) {
    return (first & 0xff) | (second & 0xff) << 8;
  }

  /**
   * Gives on every offset in {@code [0, starts)} at which a file may begin.
   *
   * @param limit number of bytes of memory, at least {@code starts}; the array is longer
   */
  void search(byte[] bytes, int starts, int limit, Candidates candidates) {
    int end = Math.min(starts + 1, limit - 1);
    for (int at = 0; at < end; at += 2) {
      byte found = pairs[(short) PAIR.get(bytes, at) & 0xffff];
      if (found != 0) {
        if ((found & BEGAN_ONE_BEFORE) != 0 && at > 0) {
          candidates.mayStartAt(at - 1);
        }
        if ((found & BEGINS) != 0 && at < starts) {
          candidates.mayStartAt(at);
        }
      }
    }
  }
}
