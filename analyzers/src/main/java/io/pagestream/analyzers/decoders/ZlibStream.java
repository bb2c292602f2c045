package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.zip.Inflater;

/**
 * zlib (RFC 1950): two bytes of header, deflate data, Adler-32. Compression with a window of 32 KiB
 * and without a dictionary begins with 78 01, 78 5e, 78 9c or 78 da.
 *
 * <p>Two bytes are a weak anchor. A stream that ends within the visible bytes must have the correct
 * Adler-32. One that does not end must begin with a block that has codes of its own, be valid for
 * {@value #MIN_INPUT} bytes and yield {@value #MIN_OUTPUT}.
 *
 * <p>The pixels of PNG files are not decoded.
 */
final class ZlibStream implements StreamDecoder {
  static final String PATTERN = "x[\\x01\\x5e\\x9c\\xda]";

  /** The chunk of a PNG file that contains the pixels (PNG specification, 11.2.4). */
  private static final String PIXELS = "IDAT";

  private static final int HEADER = 2;
  private static final int MIN_INPUT = 64;
  private static final int MIN_OUTPUT = 256;

  private final Inflater inflater = new Inflater();

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!Inflation.mayStart(in, HEADER) || in.follows(PIXELS)) {
      return Outcome.NOT;
    }
    Outcome outcome = Inflation.inflate(inflater, in, 0, in.size(), out);
    boolean weak =
        !Inflation.isDynamic(in, HEADER)
            || out.length() < MIN_OUTPUT
            || (inflater.getBytesRead() < MIN_INPUT && out.room() > 0);
    return outcome == Outcome.CUT && weak ? Outcome.NOT : outcome;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
