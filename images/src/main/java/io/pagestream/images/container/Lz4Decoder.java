package io.pagestream.images.container;

import io.airlift.compress.v3.xxhash.XxHash32Hasher;
import io.airlift.compress.v3.xxhash.XxHash32JavaHasher;
import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All frames of an lz4 file (lz4_Frame_format.md): 04 22 4D 18, flags, block size, perhaps the size
 * of the content, a checksum of these; blocks with their length; perhaps checksums of blocks and
 * content. And frames of the legacy format, 02 21 4C 18, with blocks of 8 MiB. A damaged block is
 * lost; the following data keeps its position, because all blocks but the last are full.
 */
final class Lz4Decoder implements Decoder {
  static final int MAGIC = 0x184D2204;
  static final int LEGACY = 0x184C2102;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int LEGACY_BLOCK = 8 << 20;
  private static final long STORED = 0x8000_0000L;

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    Pass pass = new Pass(input, sink);
    while (!sink.isFull() && pass.frame()) {
      // Each pass decompresses a frame.
    }
  }

  /** One pass through a file. */
  private static final class Pass {
    private final CompressedInput input;
    private final PlainSink sink;
    private final StreamDoubts doubts;
    private byte[] packed = new byte[0];
    private byte[] plain = new byte[0];
    private int history;

    Pass(CompressedInput input, PlainSink sink) {
      this.input = input;
      this.sink = sink;
      this.doubts = new StreamDoubts(input, sink);
    }

    /** Decompresses the next frame; false at the end. */
    boolean frame() throws IOException {
      long at = input.position();
      if (at == input.length() && at > 0) {
        return false;
      }
      try {
        int magic = (int) input.u32();
        if (magic == MAGIC) {
          return frame(at);
        }
        if (magic == LEGACY) {
          return legacy();
        }
        if ((magic & ~0xf) == SKIPPABLE) {
          long size = input.u32();
          input.seek(Math.min(input.length(), input.position() + size));
          return true;
        }
      } catch (BadSector e) {
        requireSome(String.valueOf(e.getMessage()));
        doubts.here(DoubtReason.UNREADABLE, e.getMessage() + "; the rest is lost");
        return false;
      } catch (EOFException e) {
        requireSome("it is truncated");
        doubts.truncated(", inside the lz4 frame at offset 0x%x".formatted(at));
        return false;
      }
      requireSome("there is no lz4 frame");
      doubts.trailing(at, "lz4 frame");
      return false;
    }

    private void requireSome(String why) throws IOException {
      if (sink.length() == 0) {
        throw new IOException(why);
      }
    }

    private boolean frame(long at) throws IOException {
      int flags = input.require();
      int size = input.require() >>> 4 & 7;
      boolean known = (flags & 8) != 0;
      byte[] descriptor = new byte[2 + (known ? 8 : 0) + (flags & 1) * 4];
      descriptor[0] = (byte) flags;
      descriptor[1] = (byte) (size << 4);
      input.require(ByteBuffer.wrap(descriptor, 2, descriptor.length - 2));
      int check = input.require();
      boolean valid = flags >>> 6 == 1 && (flags & 2) == 0 && size >= 4;
      if (!valid
          || (XxHash32JavaHasher.hash(descriptor, 0, descriptor.length, 0) >>> 8 & 0xff) != check) {
        throw damagedHeader(at);
      }
      if ((flags & 1) != 0) {
        throw new IOException("the lz4 frame needs a dictionary");
      }
      long content =
          known ? ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN).getLong(2) : -1;
      return blocks(at, 1 << (2 * size + 8), flags, content);
    }

    private IOException damagedHeader(long at) {
      return new IOException("the header of the lz4 frame at offset 0x%x is damaged".formatted(at));
    }

    private boolean blocks(long at, int most, int flags, long content) throws IOException {
      boolean linked = (flags & 0x20) == 0;
      long start = sink.length();
      boolean intact = true;
      history = 0;
      room(most);
      try (XxHash32Hasher whole = XxHash32Hasher.create(0)) {
        while (!sink.isFull()) {
          long offset = input.position();
          long head = input.u32();
          if (head == 0) {
            break;
          }
          int size = (int) (head & ~STORED);
          if (size > most) {
            doubts.onwards(
                DoubtReason.DAMAGED_STREAM,
                sink.length(),
                "the lz4 block at offset 0x%x claims %,d bytes: the rest of the file is lost"
                    .formatted(offset, size));
            return false;
          }
          input.require(ByteBuffer.wrap(packed, 0, size));
          boolean right =
              (flags & 0x10) == 0
                  || (int) input.u32() == XxHash32JavaHasher.hash(packed, 0, size, 0);
          int end = unpack(size, (head & STORED) != 0, most);
          if (!right || end < 0) {
            intact = false;
            lose(offset, most, content < 0 ? most : start + content - sink.length(), linked);
          } else {
            whole.update(plain, Lz4Block.HISTORY, end - Lz4Block.HISTORY);
            append(end, linked);
          }
        }
        if ((flags & 4) != 0 && !sink.isFull() && (int) input.u32() != whole.digest() && intact) {
          doubts.within(
              DoubtReason.DAMAGED_STREAM,
              start,
              sink.length() - start,
              "the lz4 frame at offset 0x%x does not match its checksum: any of its bytes may be wrong"
                  .formatted(at));
        }
      }
      return true;
    }

    private int unpack(int size, boolean stored, int most) {
      if (stored) {
        System.arraycopy(packed, 0, plain, Lz4Block.HISTORY, size);
        return Lz4Block.HISTORY + size;
      }
      return Lz4Block.decode(
          packed,
          size,
          plain,
          Lz4Block.HISTORY - history,
          Lz4Block.HISTORY,
          Lz4Block.HISTORY + most);
    }

    /** A damaged block: the next one is at its place if this one was full, as all but the last. */
    private void lose(long offset, int most, long rest, boolean linked) {
      sink.lose(Math.clamp(rest, 0, most));
      history = 0;
      if (linked) {
        doubts.onwards(
            DoubtReason.DAMAGED_STREAM,
            sink.length(),
            "the lz4 block at offset 0x%x is damaged, and following blocks refer to it"
                .formatted(offset));
      } else {
        doubts.here(
            DoubtReason.DAMAGED_STREAM,
            "the lz4 block at offset 0x%x is damaged; its content is lost".formatted(offset));
      }
    }

    private void append(int end, boolean linked) {
      sink.append(ByteBuffer.wrap(plain, Lz4Block.HISTORY, end - Lz4Block.HISTORY).slice());
      if (linked) {
        int kept = Math.min(Lz4Block.HISTORY, history + end - Lz4Block.HISTORY);
        System.arraycopy(plain, end - kept, plain, Lz4Block.HISTORY - kept, kept);
        history = kept;
      }
    }

    /** Blocks with a length of u32 each, until the next frame or the end of the file. */
    private boolean legacy() throws IOException {
      history = 0;
      room(LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16);
      while (!sink.isFull() && input.position() < input.length()) {
        long offset = input.position();
        long size = input.u32();
        if (size == MAGIC || size == LEGACY) {
          input.seek(offset);
          return true;
        }
        if (size > packed.length) {
          requireSome("the legacy lz4 block claims %,d bytes".formatted(size));
          doubts.trailing(offset, "lz4 block");
          return false;
        }
        input.require(ByteBuffer.wrap(packed, 0, (int) size));
        int end = unpack((int) size, false, LEGACY_BLOCK);
        if (end < 0) {
          requireSome("the first lz4 block is damaged");
          lose(offset, LEGACY_BLOCK, LEGACY_BLOCK, false);
        } else {
          append(end, false);
        }
      }
      return input.position() < input.length();
    }

    private void room(int most) {
      if (packed.length < most) {
        packed = new byte[most];
        plain = new byte[Lz4Block.HISTORY + most];
      }
    }
  }
}
