package io.pagestream.images.container;

import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * All members of a gzip file, one after the other (RFC 1952, 2.2). Zeros after the last member
 * (tape padding) are ignored.
 *
 * <p>A member that does not match its CRC-32 or ISIZE keeps its bytes, but everything from it on is
 * doubtful: one flipped bit may have moved all following data. After a truncated member, the next
 * member is searched for; the ISIZE before it gives the number of lost bytes, so that the following
 * data keeps its position.
 */
final class GzipDecoder implements Decoder {
  /** Maximum difference between ISIZE and the decompressed length for ISIZE to be trusted. */
  private static final long MOST_MOVED = 1 << 20;

  /** Deflate compresses to 1/1032 at best. */
  private static final long MOST_RATIO = 1032;

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    try (DeflatedData member = new DeflatedData(input, sink, new CRC32())) {
      Pass pass = new Pass(input, sink, member);
      while (!sink.isFull() && pass.next()) {
        // Each pass decompresses a member.
      }
    }
  }

  /** One pass through a file. */
  private static final class Pass {
    private final CompressedInput input;
    private final PlainSink sink;
    private final DeflatedData member;
    private final StreamDoubts doubts;
    private boolean first = true;

    /** Position of the next member's bytes, if the last one had a wrong length; or -1. */
    private long expectedLength = -1;

    Pass(CompressedInput input, PlainSink sink, DeflatedData member) {
      this.input = input;
      this.sink = sink;
      this.member = member;
      this.doubts = new StreamDoubts(input, sink);
    }

    /** Decompresses the next member; false at the end. */
    boolean next() throws IOException {
      long at = input.position();
      try {
        if (!first) {
          at = skipZeros();
          if (at == input.length()) {
            return false;
          }
        }
        if (!GzipHeader.skip(input)) {
          return notAMember(at);
        }
      } catch (BadSector e) {
        return unreadable(e, sink.length());
      } catch (EOFException e) {
        return notAMember(at);
      }
      first = false;
      place();
      return member(at);
    }

    private long skipZeros() throws BadSector {
      int value = input.next();
      while (value == 0) {
        value = input.next();
      }
      if (value >= 0) {
        input.seek(input.position() - 1);
      }
      return input.position();
    }

    /** Moves a member to its position if the previous one was too long or too short. */
    private void place() {
      if (expectedLength > sink.length()) {
        sink.lose(expectedLength - sink.length());
      } else if (expectedLength >= 0) {
        sink.cut(expectedLength);
      }
      expectedLength = -1;
    }

    private boolean member(long at) throws IOException {
      long start = sink.length();
      try {
        member.inflate();
        if (sink.isFull()) {
          return false;
        }
      } catch (DataFormatException e) {
        doubts.onwards(
            DoubtReason.DAMAGED_STREAM,
            start,
            "the gzip member at offset 0x%x is damaged before offset 0x%x (%s)"
                .formatted(at, input.position(), reason(e)));
        return resume(Math.max(at + 1, input.position() - GzipSearch.REACH_BACK), start);
      } catch (BadSector e) {
        return unreadable(e, start);
      } catch (EOFException e) {
        return truncated("the gzip member at offset 0x%x is truncated".formatted(at));
      }
      return trailer(at, start);
    }

    /** CRC-32, and the length modulo 2^32, both least significant byte first. */
    private boolean trailer(long at, long start) throws IOException {
      long crc;
      long size;
      try {
        crc = input.u32();
        size = input.u32();
      } catch (BadSector e) {
        return unreadable(e, start);
      } catch (EOFException e) {
        return truncated(
            "the checksum of the gzip member at offset 0x%x is truncated".formatted(at));
      }
      long difference = (int) (size - member.length());
      if (crc == member.checksum() && difference == 0) {
        return true;
      }
      doubts.onwards(
          DoubtReason.GZIP_CRC,
          start,
          "the gzip member at offset 0x%x does not match its %s: from there on, bytes may be wrong and at wrong addresses"
              .formatted(at, crc == member.checksum() ? "length" : "CRC-32"));
      if (crc != member.checksum() && difference != 0 && Math.abs(difference) <= MOST_MOVED) {
        expectedLength = sink.length() + difference;
      }
      return true;
    }

    private boolean notAMember(long at) throws IOException {
      if (first) {
        throw new IOException("there is no gzip member");
      }
      long found = GzipSearch.next(input, at + 1);
      if (found == input.length()) {
        doubts.trailing(at, "gzip member");
        return false;
      }
      doubts.onwards(
          DoubtReason.DAMAGED_STREAM,
          sink.length(),
          "%,d bytes at offset 0x%x, between gzip members, are not a gzip member"
              .formatted(found - at, at));
      input.seek(found);
      return true;
    }

    private boolean truncated(String what) {
      doubts.truncated(": " + what);
      return false;
    }

    private boolean unreadable(BadSector bad, long memberStart) {
      doubts.unreadable(bad);
      first = false;
      return resume(bad.next(), memberStart);
    }

    /** Continues at the next member, and marks the missing bytes of the previous one as lost. */
    private boolean resume(long from, long memberStart) {
      long found = GzipSearch.next(input, from);
      if (found == input.length()) {
        input.seek(found);
        return false;
      }
      long inflated = sink.length() - memberStart;
      long missing = (GzipSearch.sizeBefore(input, found) - inflated) & 0xffff_ffffL;
      if (found >= 4 && missing <= (found - from) * MOST_RATIO + MOST_MOVED) {
        sink.lose(missing);
      } else {
        doubts.moved("gzip member", found);
      }
      input.seek(found);
      return true;
    }

    private static String reason(DataFormatException e) {
      return e.getMessage() == null ? "invalid deflate data" : e.getMessage();
    }
  }
}
