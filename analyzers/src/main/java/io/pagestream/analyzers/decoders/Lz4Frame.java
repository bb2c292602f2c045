package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;

/**
 * An LZ4 frame (its frame format description, 1.6): 04 22 4d 18, FLG, BD, optional content size and
 * dictionary, a byte of the descriptor's xxHash, blocks with their length and optional xxHash,
 * zero, optional xxHash of the content. The legacy frame (02 21 4c 18, blocks of 8 MiB) has no
 * checks; its first block must yield {@value #MIN_LEGACY} bytes without an error.
 */
final class Lz4Frame implements StreamDecoder {
  static final String PATTERN = "(?:\\x04\\x22\\x4d|\\x02\\x21\\x4c)\\x18";
  private static final int MIN_LEGACY = 64;
  private static final int LEGACY = 2;
  private static final int VERSION_BITS = 0xc2;
  private static final int VERSION = 0x40;
  private static final int INDEPENDENT = 0x20;
  private static final int BLOCK_CHECKSUM = 0x10;
  private static final int CONTENT_SIZE = 8;
  private static final int CONTENT_CHECKSUM = 4;
  private static final int DICTIONARY = 1;
  private static final long STORED = 0x8000_0000L;
  private static final int MAX_LEGACY_BLOCK = 9 * 1024 * 1024;

  private final Lz4Block block = new Lz4Block();
  private final EncodedBytes content = new EncodedBytes();

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, 8)) {
      return Outcome.NOT;
    }
    Outcome outcome = in.u8(0) == LEGACY ? legacy(in, out) : frame(in, out);
    in.spend(out.length());
    return outcome;
  }

  private Outcome legacy(EncodedBytes in, DecodedBytes out) {
    long size = in.u32(4);
    in.spend(in.size());
    if (size == 0 || size > MAX_LEGACY_BLOCK) {
      return Outcome.NOT;
    }
    Outcome outcome = block.decode(in, 8, 8 + size, out, 0);
    return out.length() < MIN_LEGACY ? Outcome.NOT : outcome;
  }

  private Outcome frame(EncodedBytes in, DecodedBytes out) {
    int flags = in.u8(4);
    int descriptor = in.u8(5);
    int sizeCode = descriptor >> 4;
    if ((flags & VERSION_BITS) != VERSION
        || (descriptor & 0x8f) != 0
        || sizeCode < 4
        || (flags & DICTIONARY) != 0) {
      return Outcome.NOT;
    }
    int header = 6 + ((flags & CONTENT_SIZE) != 0 ? 8 : 0);
    if (!in.has(header, 1) || (XxHash32.of(in, 4, header - 4) >> 8 & 0xff) != in.u8(header)) {
      return Outcome.NOT;
    }
    return blocks(in, out, header + 1, flags, 1L << (8 + 2 * sizeCode));
  }

  /** Whether the checksum of the content, if there is a visible one, is correct. */
  private boolean isWhole(EncodedBytes in, DecodedBytes out, int flags, int at) {
    if ((flags & CONTENT_CHECKSUM) == 0 || !in.has(at, 4)) {
      return true;
    }
    content.show(out.array(), 0, out.length(), out.length());
    return XxHash32.of(content, 0, out.length()) == (int) in.u32(at);
  }

  private Outcome blocks(EncodedBytes in, DecodedBytes out, int first, int flags, long most) {
    int checksum = (flags & BLOCK_CHECKSUM) != 0 ? 4 : 0;
    int at = first;
    while (in.has(at, 4)) {
      long field = in.u32(at);
      long size = field & ~STORED;
      at += 4;
      if (field == 0) {
        return isWhole(in, out, flags, at) ? Outcome.WHOLE : Outcome.NOT;
      }
      if (size > most || size == 0) {
        return Outcome.NOT;
      }
      int shown = (int) Math.min(size, in.size() - at);
      in.spend(shown);
      Outcome outcome;
      if ((field & STORED) != 0) {
        outcome = out.put(in, at, shown) && shown == size ? Outcome.WHOLE : Outcome.CUT;
      } else {
        int history = (flags & INDEPENDENT) != 0 ? out.length() : 0;
        outcome = block.decode(in, at, at + size, out, history);
      }
      if (outcome != Outcome.WHOLE) {
        return outcome;
      }
      int next = at + (int) size;
      if (checksum > 0
          && in.has(next, 4)
          && XxHash32.of(in, at, (int) size) != (int) in.u32(next)) {
        return Outcome.NOT;
      }
      at = next + checksum;
    }
    return Outcome.CUT;
  }
}
