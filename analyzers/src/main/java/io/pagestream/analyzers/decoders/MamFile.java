package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import io.pagestream.schemas.lz.XpressHuffman;

/**
 * A compressed file of the Windows prefetcher: "MAM" 04, content size u32, Xpress with Huffman
 * codes; or "MAM" 84 with a CRC-32 before the data (the format description of libscca). The codes
 * must be complete and the content must have the size of the header.
 */
final class MamFile implements StreamDecoder {
  static final String PATTERN = "MAM[\\x04\\x84]";
  private static final int WITH_CHECKSUM = 0x84;

  /** Prefetch files are much smaller. */
  private static final long MAX_CONTENT = 64 << 20;

  private static final int MIN_OUTPUT = 64;

  private final XpressHuffman huffman = new XpressHuffman();

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    int data = 8;
    if (!in.has(0, data) || in.u32(4) == 0 || in.u32(4) > MAX_CONTENT) {
      return Outcome.NOT;
    }
    if (in.u8(3) == WITH_CHECKSUM) {
      data += 4;
    }
    Outcome outcome = huffman.decode(in, data, in.u32(4), out);
    in.spend(out.length() * 2);
    return outcome == Outcome.CUT && out.length() < MIN_OUTPUT ? Outcome.NOT : outcome;
  }
}
