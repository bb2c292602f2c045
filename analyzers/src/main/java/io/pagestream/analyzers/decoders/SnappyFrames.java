package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.zip.CRC32C;

/**
 * Snappy streams: the framing format (its description: ff 06 00 00 "sNaPpY", then chunks of type
 * u8, length u24, and for content a masked CRC-32C), and the older stream of the Java library, as
 * in Kafka's records (82 "SNAPPY" 00, two versions u32, then blocks with a big-endian length),
 * which has no checksums.
 */
final class SnappyFrames implements StreamDecoder {
  static final String PATTERN = "\\xff\\x06\\x00\\x00sNaPpY";
  static final String JAVA_PATTERN = "\\x82SNAPPY";
  private static final int IDENTIFIER = 10;
  private static final int JAVA_HEADER = 16;
  private static final int COMPRESSED = 0;
  private static final int UNCOMPRESSED = 1;
  private static final int FIRST_SKIPPABLE = 0x80;
  private static final int STREAM = 0xff;
  private static final int MAX_CONTENT = 64 * 1024;
  private static final int MAX_JAVA_BLOCK = 1024 * 1024;
  private static final int MASK_DELTA = 0xa282ead8;

  private final CRC32C crc = new CRC32C();

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    Outcome outcome = in.u8(0) == STREAM ? chunks(in, out) : javaBlocks(in, out);
    in.spend(out.length());
    return outcome;
  }

  private Outcome chunks(EncodedBytes in, DecodedBytes out) {
    int at = IDENTIFIER;
    while (in.has(at, 4)) {
      int type = in.u8(at);
      int length = in.u24(at + 1);
      int from = at + 4;
      if (type == COMPRESSED || type == UNCOMPRESSED) {
        int first = out.length();
        Outcome outcome = length < 4 ? Outcome.NOT : chunk(in, out, type, from, from + length);
        if (outcome == Outcome.NOT) {
          out.truncate(first);
          break; // something else follows the chunks whose checksums are correct
        }
        if (outcome == Outcome.CUT) {
          return outcome;
        }
      } else if (type < FIRST_SKIPPABLE) {
        break; // something else follows
      }
      in.spend(Math.min(length, in.size()));
      at = from + length;
    }
    return at > in.size() ? Outcome.CUT : out.length() > 0 ? Outcome.WHOLE : Outcome.NOT;
  }

  private Outcome chunk(EncodedBytes in, DecodedBytes out, int type, int from, int end) {
    int first = out.length();
    Outcome outcome;
    if (!in.has(from, 4)) {
      return Outcome.CUT;
    }
    if (type == COMPRESSED) {
      outcome = SnappyBlock.decode(in, from + 4, end, out, MAX_CONTENT);
    } else {
      int length = end - from - 4;
      if (length > MAX_CONTENT) {
        return Outcome.NOT;
      }
      int fits = Math.min(length, in.size() - from - 4);
      outcome = out.put(in, from + 4, fits) && fits == length ? Outcome.WHOLE : Outcome.CUT;
    }
    if (outcome != Outcome.WHOLE) {
      return outcome;
    }
    crc.reset();
    crc.update(out.array(), first, out.length() - first);
    int value = (int) crc.getValue();
    int masked = (value >>> 15 | value << 17) + MASK_DELTA;
    return masked == (int) in.u32(from) ? Outcome.WHOLE : Outcome.NOT;
  }

  private static Outcome javaBlocks(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, JAVA_HEADER) || in.u8(7) != 0 || in.u32be(8) != 1 || in.u32be(12) != 1) {
      return Outcome.NOT;
    }
    int at = JAVA_HEADER;
    while (in.has(at, 4)) {
      long length = in.u32be(at);
      int from = at + 4;
      if (length == 0 || length > MAX_JAVA_BLOCK) {
        break; // something else follows
      }
      Outcome outcome = SnappyBlock.decode(in, from, from + length, out, MAX_JAVA_BLOCK);
      in.spend((int) Math.min(length, in.size()));
      if (outcome != Outcome.WHOLE) {
        return outcome;
      }
      at = from + (int) length;
    }
    return at > in.size() ? Outcome.CUT : out.length() > 0 ? Outcome.WHOLE : Outcome.NOT;
  }
}
