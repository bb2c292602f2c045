package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.bzip2.Bzip2Block;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;

/**
 * bzip2: "BZh", the block size in 100,000 bytes as a digit, then blocks that begin with 31 41 59 26
 * 53 59 (pi) and have a CRC-32 each, then 17 72 45 38 50 90 (its square root). The reference is the
 * documented format of bzip2 1.0. A block can be decoded only as a whole, and only its CRC-32 shows
 * that it is valid.
 */
final class Bzip2Stream implements StreamDecoder {
  static final String PATTERN = "BZh[1-9]1AY&SY";

  /** Cost of the tables of a block. */
  private static final int BLOCK_UNITS = 2048;

  private final BitReader bits = new BitReader();
  private final Bzip2Block<RuntimeException> block = new Bzip2Block<>(bits);

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    int max = (in.u8(3) - '0') * Bzip2Block.SIZE_UNIT;
    bits.open(in, 4);
    while (true) {
      long magic = bits.bits(24) << 24 | bits.bits(24);
      if (magic != Bzip2Block.BEGIN) {
        boolean end = magic >>> 24 == Bzip2Block.END >>> 24 && out.length() > 0;
        return end ? Outcome.WHOLE : bits.ended() && out.length() > 0 ? Outcome.CUT : Outcome.NOT;
      }
      int before = bits.position();
      int crc = (int) bits.bits(32);
      Outcome outcome = block.read(max);
      in.spend(BLOCK_UNITS + (bits.position() - before) * Byte.SIZE + block.length() * 2);
      if (outcome != Outcome.WHOLE) {
        return outcome == Outcome.CUT && out.length() == 0 ? Outcome.NOT : outcome;
      }
      int first = out.length();
      boolean fits = block.write(out::put);
      if (!fits) {
        return Outcome.CUT; // too long to be checked
      }
      if (block.crc() != crc) {
        out.truncate(first);
        return Outcome.NOT;
      }
    }
  }
}
