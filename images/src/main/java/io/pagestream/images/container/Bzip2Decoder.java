package io.pagestream.images.container;

import io.pagestream.schemas.bzip2.Bzip2Block;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.lz.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * All streams of a bzip2 file, one after the other (the documented format of bzip2 1.0): "BZh", the
 * block size in 100,000 bytes as a digit; blocks that begin at any bit with 31 41 59 26 53 59 and a
 * CRC-32; 17 72 45 38 50 90 and a checksum of these, padded to a byte. A damaged block is lost, and
 * the next one is searched for: how much is lost is then unknown.
 */
final class Bzip2Decoder implements Decoder {
  private static final long MASK = (1L << 48) - 1;

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    Pass pass = new Pass(input, sink);
    while (!sink.isFull() && pass.stream()) {
      // Each pass decompresses a stream.
    }
  }

  /** One pass through a file. */
  private static final class Pass {
    private final CompressedInput input;
    private final PlainSink sink;
    private final BitInput bits;
    private final Bzip2Block<IOException> block;
    private final ByteBuffer plain = ByteBuffer.allocate(1 << 16);
    private final StreamDoubts doubts;

    Pass(CompressedInput input, PlainSink sink) {
      this.input = input;
      this.sink = sink;
      this.bits = new BitInput(input);
      this.block = new Bzip2Block<>(bits);
      this.doubts = new StreamDoubts(input, sink);
    }

    /** Decompresses the next stream; false at the end of the file. */
    boolean stream() throws IOException {
      long at = input.position();
      if (at == input.length() && at > 0) {
        return false;
      }
      int level = level();
      if (level < 0) {
        if (at == 0) {
          throw new IOException("there is no bzip2 stream");
        }
        doubts.trailing(at, "bzip2 stream");
        return false;
      }
      boolean more = true;
      while (more && !sink.isFull()) {
        long start = bits.position();
        try {
          more = block(level * Bzip2Block.SIZE_UNIT);
        } catch (BadSector e) {
          doubts.unreadable(e);
          more = search(e.next() * Byte.SIZE);
        } catch (EOFException e) {
          requireSome("it is truncated");
          doubts.truncated(", inside the bzip2 block at offset 0x%x".formatted(start / Byte.SIZE));
          return false;
        }
      }
      return input.position() < input.length();
    }

    /** The digit after "BZh", or -1. */
    private int level() throws IOException {
      try {
        boolean magic = input.require() == 'B' && input.require() == 'Z' && input.require() == 'h';
        int digit = magic ? input.require() - '0' : -1;
        return digit >= 1 && digit <= 9 ? digit : -1;
      } catch (EOFException e) {
        return -1;
      }
    }

    /** Decompresses a block; false at the end of the stream. */
    private boolean block(int max) throws IOException {
      long start = bits.position();
      long magic = bits.bits(24) << 24 | bits.bits(24);
      if (magic == Bzip2Block.END) {
        bits.bits(32); // the checksum of the blocks' checksums
        bits.align();
        return false;
      }
      if (magic != Bzip2Block.BEGIN) {
        return lost(start);
      }
      int crc = (int) bits.bits(32);
      if (block.read(max) != Outcome.WHOLE) {
        return lost(start);
      }
      long before = sink.length();
      var unusedAllFit = block.write(this::put);
      flush();
      if (block.crc() != crc) {
        doubts.onwards(
            DoubtReason.DAMAGED_STREAM,
            before,
            "the bzip2 block at offset 0x%x does not match its CRC-32: from there on, bytes may be wrong and at wrong addresses"
                .formatted(start / Byte.SIZE));
      }
      return true;
    }

    private boolean put(int value) {
      plain.put((byte) value);
      if (!plain.hasRemaining()) {
        flush();
      }
      return true;
    }

    private void flush() {
      sink.append(plain.flip());
      plain.clear();
    }

    private boolean lost(long start) throws IOException {
      if (sink.length() == 0 && start == 32) {
        // The first block may be damaged; a file without any block is not bzip2.
        boolean found = search(start + 1);
        if (!found) {
          throw new IOException("there is no intact bzip2 block");
        }
        return true;
      }
      return search(start + 1);
    }

    /** Goes on with the next block or the next stream; false if there is none. */
    private boolean search(long from) throws IOException {
      long at = from;
      while (true) {
        try {
          bits.seek(at);
          long value = bits.bits(24) << 23 | bits.bits(23);
          while (true) {
            value = (value << 1 | bits.bit()) & MASK;
            if (value == Bzip2Block.BEGIN) {
              long found = bits.position() - 48;
              doubts.moved("bzip2 block", found / Byte.SIZE);
              bits.seek(found);
              return true;
            }
          }
        } catch (BadSector e) {
          at = e.next() * Byte.SIZE;
        } catch (EOFException e) {
          requireSome("no intact block follows the damaged one");
          doubts.onwards(
              DoubtReason.DAMAGED_STREAM,
              sink.length(),
              "the bzip2 stream is damaged at offset 0x%x: the rest of it is lost"
                  .formatted(from / Byte.SIZE));
          input.seek(input.length());
          return false;
        }
      }
    }

    private void requireSome(String why) throws IOException {
      if (sink.length() == 0) {
        throw new IOException(why);
      }
    }
  }
}
