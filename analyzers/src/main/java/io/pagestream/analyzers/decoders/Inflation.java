package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses deflate data (RFC 1951) with the JDK's {@link Inflater}. */
final class Inflation {
  private static final int STORED = 0;
  private static final int DYNAMIC = 2;
  private static final int RESERVED = 3;

  /** RFC 1951, 3.2.7: at most 286 literal and length codes, and 30 distance codes. */
  private static final int MAX_HLIT = 29;

  private static final int MAX_HDIST = 29;

  private Inflation() {}

  /**
   * Whether a block has codes of its own, which must be complete: random bytes rarely are such a
   * block, while most of them are a valid beginning of the other kinds.
   */
  static boolean isDynamic(EncodedBytes in, int at) {
    return (in.u8(at) >> 1 & 3) == DYNAMIC;
  }

  /** Whether a block of deflate data may start at an offset: a check without decompressing. */
  static boolean mayStart(EncodedBytes in, int at) {
    if (!in.has(at, 2)) {
      return false;
    }
    int first = in.u8(at);
    return switch (first >> 1 & 3) {
      case STORED -> in.has(at, 5) && (in.u16(at + 1) ^ in.u16(at + 3)) == 0xffff;
      case DYNAMIC -> first >> 3 <= MAX_HLIT && (in.u8(at + 1) & 31) <= MAX_HDIST;
      case RESERVED -> false;
      default -> true;
    };
  }

  /** Decompresses the bytes from {@code from} to {@code to}. */
  static Outcome inflate(Inflater inflater, EncodedBytes in, int from, int to, DecodedBytes out) {
    inflater.reset();
    inflater.setInput(in.array(), in.arrayOffset(from), to - from);
    try {
      while (!inflater.finished() && out.room() > 0) {
        int count = inflater.inflate(out.array(), out.length(), out.room());
        if (count == 0) {
          break;
        }
        out.advance(count);
      }
    } catch (DataFormatException e) {
      return Outcome.NOT;
    } finally {
      in.spend((int) inflater.getBytesRead() + out.length());
      in.reached(from + (int) inflater.getBytesRead());
    }
    return inflater.finished() ? Outcome.WHOLE : Outcome.CUT;
  }
}
