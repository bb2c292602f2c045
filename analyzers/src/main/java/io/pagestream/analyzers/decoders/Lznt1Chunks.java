package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Lznt1;
import io.pagestream.schemas.lz.Outcome;

/**
 * LZNT1 (MS-XCA, 2.5), as NTFS and {@code RtlCompressBuffer} write it: chunks of 4096 bytes of
 * content, each with a header u16: bit 15 "compressed", bits 14 to 12 are 3, bits 11 to 0 the size
 * of the data minus 1. A header of zero ends the stream.
 *
 * <p>The format has no signature. Anchors are the header of a compressed chunk and the eight
 * literals with which text, or a program, begins. The first chunk must yield 4096 bytes, or the
 * stream must end after it; and it must be shorter than its content.
 */
final class Lznt1Chunks implements StreamDecoder {
  static final String PATTERN =
      "[\\xb0-\\xbf]\\x00(?:MZ\\x90\\x00\\x03\\x00\\x00\\x00|[ -~\\r\\n]{8})";

  /** A match ends after the second byte of the header, the flags and eight literals. */
  static final int MATCH_BYTES = 11;

  private static final int MIN_OUTPUT = 64;

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    int at = 0;
    while (in.has(at, 2)) {
      int header = in.u16(at);
      int first = out.length();
      int end = at + 3 + (header & 0xfff);
      boolean compressed = header >> 15 == 1;
      if ((header >> 12 & 7) != Lznt1.SIGNATURE) {
        return header == 0 && out.length() >= MIN_OUTPUT ? Outcome.WHOLE : after(out);
      }
      Outcome outcome =
          compressed ? Lznt1.chunk(in, at + 2, end, out) : Lznt1.stored(in, at + 2, end, out);
      in.spend(Math.min(end, in.size()) - at + out.length() - first);
      if (outcome == Outcome.NOT) {
        out.truncate(first);
        return after(out);
      }
      if (outcome == Outcome.CUT) {
        return out.length() >= Lznt1.CHUNK_BYTES ? Outcome.CUT : Outcome.NOT;
      }
      boolean isLast = out.length() - first < Lznt1.CHUNK_BYTES;
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
    return out.length() >= Lznt1.CHUNK_BYTES ? Outcome.CUT : Outcome.NOT;
  }
}
