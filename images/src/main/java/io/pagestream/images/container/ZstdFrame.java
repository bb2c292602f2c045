package io.pagestream.images.container;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decompresses zstd frames one block at a time, so that the damaged block is known, everything
 * before it has been written to the sink, and the frame's end can be found after it (RFC 8878,
 * 3.1.1.2: a block contains its length).
 */
final class ZstdFrame implements AutoCloseable {
  /** Block_Maximum_Size (RFC 8878, 3.1.1.2.4). */
  private static final int LARGEST_BLOCK = 128 << 10;

  private static final int BLOCK_HEADER = 3;
  private static final int RUN_LENGTH = 1;
  private static final int RESERVED = 3;

  private final CompressedInput input;
  private final PlainSink sink;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer block = ByteBuffer.allocateDirect(LARGEST_BLOCK + BLOCK_HEADER);
  private final ByteBuffer plain = ByteBuffer.allocateDirect(2 * LARGEST_BLOCK);
  private long blockStart;

  ZstdFrame(CompressedInput input, PlainSink sink, int windowLog) {
    this.input = input;
    this.sink = sink;
    context.setLongMax(windowLog);
  }

  /** A frame with a wrong checksum; all of its data has been written to the sink. */
  static final class WrongChecksum extends IOException {
    private static final long serialVersionUID = 1L;

    WrongChecksum() {
      super("the checksum is wrong");
    }
  }

  /** A block that cannot be decompressed. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  /**
   * Decompresses the blocks after a header.
   *
   * @throws WrongChecksum if the checksum does not match
   * @throws Damaged for a damaged block
   * @throws java.io.EOFException at the end of the file
   * @throws BadSector if the disk cannot read the data
   */
  void decompress(ZstdFrameHeader header) throws IOException {
    context.reset();
    blockStart = input.position();
    feed(header.bytes().duplicate());
    boolean last = false;
    while (!last && !sink.isFull()) {
      last = readBlock();
      feed(block);
    }
    if (header.checksum() && !sink.isFull()) {
      block.clear().limit(4);
      input.require(block);
      checkSum(block.flip());
    }
  }

  /** For the four bytes of the checksum, only their value can be wrong. */
  private void checkSum(ByteBuffer bytes) throws IOException {
    try {
      feed(bytes);
    } catch (Damaged e) {
      throw new WrongChecksum();
    }
  }

  /**
   * Skips the blocks from the start of a damaged one to the end of the frame.
   *
   * @param at offset of the damaged block's header
   * @return whether the end was found; the input is then at that position
   */
  boolean skip(long at, ZstdFrameHeader header) {
    long next = at;
    try {
      boolean last = false;
      while (!last) {
        input.seek(next);
        int head = input.require() | input.require() << 8 | input.require() << 16;
        long size = size(head);
        if (size < 0 || input.position() + size > input.length()) {
          return false;
        }
        next = input.position() + size;
        last = (head & 1) != 0;
      }
      input.seek(next + (header.checksum() ? 4 : 0));
      return input.position() <= input.length();
    } catch (IOException e) {
      return false;
    }
  }

  /** Offset of the header of the block that was read last. */
  long blockStart() {
    return blockStart;
  }

  /** Reads a block; returns whether it is the frame's last. */
  private boolean readBlock() throws IOException {
    blockStart = input.position();
    int head = input.require() | input.require() << 8 | input.require() << 16;
    int size = size(head);
    if (size < 0) {
      throw new Damaged("a block header is invalid");
    }
    block.clear().limit(BLOCK_HEADER + size);
    block.put((byte) head).put((byte) (head >>> 8)).put((byte) (head >>> 16));
    input.require(block);
    block.flip();
    return (head & 1) != 0;
  }

  /** Length of a block's data in the file, or -1: 1 bit last, 2 bits type, 21 bits size. */
  private static int size(int head) {
    int type = head >>> 1 & 3;
    int size = head >>> 3;
    return type == RESERVED || size > LARGEST_BLOCK ? -1 : type == RUN_LENGTH ? 1 : size;
  }

  private void feed(ByteBuffer source) throws IOException {
    try {
      boolean more = true;
      while (source.hasRemaining() || more) {
        plain.clear();
        int before = source.remaining();
        boolean ended = context.decompressDirectByteBufferStream(plain, source);
        plain.flip();
        more = !ended && plain.limit() == plain.capacity();
        if (plain.hasRemaining()) {
          sink.append(plain);
        } else if (source.hasRemaining() && source.remaining() == before) {
          throw new Damaged("the decoder makes no progress in the frame");
        }
      }
    } catch (ZstdException e) {
      throw new Damaged(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
