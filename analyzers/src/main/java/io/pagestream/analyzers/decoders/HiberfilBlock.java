package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import io.pagestream.schemas.lz.XpressPlain;

/**
 * A block of the hibernation file of Windows XP to 7: 81 81 "xpress", then a u32 whose upper 22
 * bits are the compressed size minus 1; the data begins after 32 bytes and is plain Xpress. The
 * content consists of 1 to 16 whole pages.
 */
final class HiberfilBlock implements StreamDecoder {
  static final String PATTERN = "\\x81\\x81xpress";
  private static final int HEADER = 32;
  private static final int SIZE_FIELD = 8;
  private static final int SIZE_SHIFT = 10;
  private static final int PAGE = 4096;
  private static final int MAX_CONTENT = 16 * PAGE;

  private final XpressPlain plain = new XpressPlain();

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, HEADER)) {
      return Outcome.NOT;
    }
    long size = (in.u32(SIZE_FIELD) >> SIZE_SHIFT) + 1;
    if (size >= MAX_CONTENT) {
      return Outcome.NOT; // stored
    }
    Outcome outcome = plain.decode(in, HEADER, HEADER + (int) size, out);
    in.spend(Math.min((int) size, in.size()) + out.length());
    int length = out.length();
    return switch (outcome) {
      case WHOLE -> length % PAGE == 0 && length <= MAX_CONTENT ? outcome : Outcome.NOT;
      case CUT -> length >= PAGE ? outcome : Outcome.NOT;
      case NOT -> outcome;
    };
  }
}
