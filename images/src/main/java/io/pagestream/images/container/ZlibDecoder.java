package io.pagestream.images.container;

import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;

/**
 * zlib streams (RFC 1950), one after the other: two bytes of header, deflate, Adler-32 with the
 * most significant byte first. LiME with {@code compress=1} writes one stream around all ranges and
 * their headers ({@code src/main.c} and {@code src/deflate.c}), and some of its versions cut off up
 * to a few KiB at the end, which is a truncated file here. Zeros after the last stream are ignored.
 *
 * <p>A stream has no marks after which reading could go on, so damage costs the rest of the file.
 */
final class ZlibDecoder implements Decoder {
  private static final String STREAM = "zlib stream";

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    StreamDoubts doubts = new StreamDoubts(input, sink);
    try (DeflatedData data = new DeflatedData(input, sink, new Adler32())) {
      boolean first = true;
      while (!sink.isFull()
          && isStream(input, doubts, first)
          && stream(input, sink, data, doubts)) {
        first = false;
      }
    } catch (BadSector e) {
      doubts.unreadable(e);
    }
  }

  /** Skips zeros and the next header; false at the end, or if something else follows. */
  private static boolean isStream(CompressedInput input, StreamDoubts doubts, boolean first)
      throws IOException {
    int cmf = input.next();
    while (cmf == 0 && !first) {
      cmf = input.next();
    }
    long at = input.position() - 1;
    if (cmf < 0 && !first) {
      return false;
    }
    if (ZlibStreams.isHeader(cmf, input.next())) {
      return true;
    }
    if (first) {
      throw new IOException("there is no zlib stream");
    }
    doubts.trailing(at, STREAM);
    return false;
  }

  /** Decompresses a stream; false if reading cannot go on after it. */
  private static boolean stream(
      CompressedInput input, PlainSink sink, DeflatedData data, StreamDoubts doubts)
      throws IOException {
    long at = input.position() - 2;
    long start = sink.length();
    try {
      data.inflate();
      if (sink.isFull()) {
        return false;
      }
      long stored = Integer.reverseBytes((int) input.u32()) & 0xffff_ffffL;
      if (stored != data.checksum()) {
        doubts.onwards(
            DoubtReason.DAMAGED_STREAM,
            start,
            "the zlib stream at offset 0x%x does not match its Adler-32: from there on, bytes may be wrong and at wrong addresses"
                .formatted(at));
      }
      return true;
    } catch (DataFormatException e) {
      doubts.onwards(
          DoubtReason.DAMAGED_STREAM,
          start,
          "the zlib stream at offset 0x%x is damaged before offset 0x%x (%s); what follows is lost"
              .formatted(
                  at,
                  input.position(),
                  e.getMessage() == null ? "invalid deflate data" : e.getMessage()));
      return false;
    } catch (EOFException e) {
      doubts.truncated(": the zlib stream at offset 0x%x is truncated".formatted(at));
      return false;
    }
  }
}
