package io.pagestream.images.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a zstd frame (RFC 8878, 3.1.1.1).
 *
 * @param bytes magic number and header as in the file
 * @param windowBytes memory that its decoder needs for previously decompressed data
 * @param contentBytes bytes that the frame decompresses to, or -1 if unknown
 * @param checksum whether four bytes of checksum follow the last block
 */
record ZstdFrameHeader(ByteBuffer bytes, long windowBytes, long contentBytes, boolean checksum) {
  static final int MAGIC = 0xFD2FB528;

  /** Skippable frames, with any value in the lowest four bits (RFC 8878, 3.1.2). */
  static final int SKIPPABLE = 0x184D2A50;

  private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};
  private static final int LONGEST = 4 + 1 + 1 + 4 + 8;

  /**
   * Reads the header after a magic number.
   *
   * @throws IOException if it is not a header, or requires a dictionary
   */
  static ZstdFrameHeader read(CompressedInput input) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC);
    int descriptor = put(input, bytes);
    boolean single = (descriptor & 0x20) != 0;
    if ((descriptor & 8) != 0) {
      throw new IOException("a reserved bit of the frame header is set");
    }
    long window = single ? -1 : window(put(input, bytes));
    if (number(input, bytes, DICTIONARY_ID_BYTES[descriptor & 3]) != 0) {
      throw new IOException("the frame needs a dictionary");
    }
    int sizeBytes = CONTENT_SIZE_BYTES[descriptor >>> 6];
    boolean known = sizeBytes > 0 || single;
    long size = number(input, bytes, sizeBytes == 0 && single ? 1 : sizeBytes);
    long content = sizeBytes == 2 ? size + 256 : size;
    if (known && content < 0) {
      throw new IOException("the frame claims more than 2^63 bytes");
    }
    long needed = single || (known && content < window) ? content : window;
    return new ZstdFrameHeader(bytes.flip(), needed, known ? content : -1, (descriptor & 4) != 0);
  }

  private static long window(int descriptor) {
    long base = 1L << (10 + (descriptor >>> 3));
    return base + base / 8 * (descriptor & 7);
  }

  private static long number(CompressedInput input, ByteBuffer bytes, int size) throws IOException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) put(input, bytes) << (8 * i);
    }
    return value;
  }

  private static int put(CompressedInput input, ByteBuffer bytes) throws IOException {
    int value = input.require();
    bytes.put((byte) value);
    return value;
  }
}
