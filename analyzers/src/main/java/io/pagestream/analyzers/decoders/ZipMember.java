package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.zip.Inflater;

/**
 * A deflated member of a zip file (PKWARE APPNOTE, 4.3.7): "PK\3\4", version u16, flags u16, method
 * u16, time u16, date u16, CRC-32, compressed and uncompressed size u32, length of name and of
 * extra field u16, then these, then the data. If the end of the data is visible, its length and the
 * CRC-32 must be correct; after data of unknown size, both follow in a descriptor (4.3.9).
 *
 * <p>The content of a stored member is in memory as it is, and is found there without decoding.
 */
final class ZipMember implements StreamDecoder {
  static final String PATTERN = "PK\\x03\\x04";
  private static final int FIXED = 30;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_SIZES_FOLLOW = 8;
  private static final int DEFLATED = 8;
  private static final int MAX_NAME = 1024;
  private static final long UNKNOWN = 0xffff_ffffL;
  private static final long DESCRIPTOR = 0x0807_4b50L;
  private static final int MIN_OUTPUT = 16;

  private final Inflater inflater = new Inflater(true);

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, FIXED)) {
      return Outcome.NOT;
    }
    int flags = in.u16(6);
    int name = in.u16(26);
    int data = FIXED + name + in.u16(28);
    boolean valid =
        in.u16(8) == DEFLATED && (flags & FLAG_ENCRYPTED) == 0 && name >= 1 && name <= MAX_NAME;
    if (!valid || !in.has(data, 2) || !isName(in, name) || !Inflation.mayStart(in, data)) {
      return Outcome.NOT;
    }
    boolean sizeKnown = (flags & FLAG_SIZES_FOLLOW) == 0 && in.u32(18) != UNKNOWN;
    long end = sizeKnown ? data + in.u32(18) : UNKNOWN;
    int to = (int) Math.min(end, in.size());
    Outcome outcome = Inflation.inflate(inflater, in, data, to, out);
    return switch (outcome) {
      case WHOLE -> {
        int after = data + (int) inflater.getBytesRead();
        yield isWhole(in, out, flags, after, sizeKnown ? end : after) ? outcome : Outcome.NOT;
      }
      case CUT -> {
        boolean endsTooEarly = end <= in.size() && out.room() > 0;
        yield endsTooEarly || out.length() < MIN_OUTPUT ? Outcome.NOT : outcome;
      }
      case NOT -> outcome;
    };
  }

  private static boolean isName(EncodedBytes in, int length) {
    for (int i = 0; i < length; i++) {
      if (in.u8(FIXED + i) < ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(
      EncodedBytes in, DecodedBytes out, int flags, int after, long end) {
    if (after != end) {
      return false;
    }
    if ((flags & FLAG_SIZES_FOLLOW) == 0) {
      return in.u32(14) == out.crc32(0);
    }
    if (!in.has(after, 8)) {
      return true;
    }
    int crc = in.u32(after) == DESCRIPTOR ? after + 4 : after;
    return in.u32(crc) == out.crc32(0);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
