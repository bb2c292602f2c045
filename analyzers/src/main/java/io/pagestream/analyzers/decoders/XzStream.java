package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

/**
 * xz (the .xz file format, 1.2): fd "7zXZ" 00, flags u16, CRC-32 of the flags, then blocks with a
 * check each. A dictionary needs at most {@value #MEMORY_KIB} KiB, which the default of xz(1) does.
 *
 * <p>The library decodes a chunk only when all of it has been read, and a chunk has up to 64 KiB.
 * If the visible bytes end within one, the missing bytes are replaced, once with zeros and once
 * with ones: the outputs are equal as far as they result from visible bytes.
 */
final class XzStream implements StreamDecoder {
  static final String PATTERN = "\\xfd7zXZ";
  private static final int HEADER = 12;
  private static final int MEMORY_KIB = 12 * 1024;

  /** Cost of setting up a decoder with its dictionary. */
  private static final int SETUP_UNITS = 64 * 1024;

  /** The replaced chunk has at most 64 KiB; after it, anything is an error. */
  private static final int PADDING = 64 * 1024;

  /** What was decoded in a step is lost if the step ends with an error. */
  private static final int STEP = 256;

  /** Outputs of different padding may be equal by chance for a few bytes. */
  private static final int UNSURE_BYTES = 16;

  private final ArrayCache arrays = new BasicArrayCache();
  private final CRC32 crc = new CRC32();
  private final byte[] padding = new byte[PADDING];
  private byte[] other = new byte[0];

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, HEADER) || in.u8(5) != 0 || in.u8(6) != 0 || in.u8(7) > 15) {
      return Outcome.NOT;
    }
    crc.reset();
    crc.update(in.array(), in.arrayOffset(6), 2);
    if (crc.getValue() != in.u32(8)) {
      return Outcome.NOT;
    }
    Outcome outcome = read(visible(in), in, out);
    if (outcome == Outcome.CUT && out.room() > 0) {
      readPadded(in, out, (byte) 0);
      int length = out.length();
      if (other.length < length) {
        other = new byte[out.array().length];
      }
      System.arraycopy(out.array(), 0, other, 0, length);
      readPadded(in, out, (byte) -1);
      int same = Arrays.mismatch(other, 0, length, out.array(), 0, out.length());
      out.truncate(Math.max(0, (same < 0 ? length : same) - UNSURE_BYTES));
    }
    return outcome;
  }

  /** Decodes as far as there is no error; what was decoded before one stays in the output. */
  private void readPadded(EncodedBytes in, DecodedBytes out, byte value) {
    Arrays.fill(padding, value);
    read(new SequenceInputStream(visible(in), new ByteArrayInputStream(padding)), in, out);
  }

  private static InputStream visible(EncodedBytes in) {
    return new ByteArrayInputStream(in.array(), in.arrayOffset(0), in.size());
  }

  private Outcome read(InputStream from, EncodedBytes in, DecodedBytes out) {
    out.clear();
    in.spend(SETUP_UNITS);
    try (SingleXZInputStream stream = new SingleXZInputStream(from, MEMORY_KIB, arrays)) {
      while (out.room() > 0) {
        int count = stream.read(out.array(), out.length(), Math.min(out.room(), STEP));
        if (count < 0) {
          return Outcome.WHOLE;
        }
        out.advance(count);
      }
      return Outcome.CUT;
    } catch (EOFException e) {
      return Outcome.CUT;
    } catch (IOException e) {
      return Outcome.NOT;
    } finally {
      in.spend(in.size() + out.length());
    }
  }
}
