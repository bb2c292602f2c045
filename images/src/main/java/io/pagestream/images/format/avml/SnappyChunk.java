package io.pagestream.images.format.avml;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * A chunk of a snappy stream (google/snappy, {@code framing_format.txt}): 0 u8 type, 1 u24 length
 * of the rest. Data chunks continue with a masked CRC-32C of their content and the content,
 * compressed (type 0) or not (type 1).
 *
 * @param offset offset in the file
 * @param type its type
 * @param bodyBytes length after the four bytes of its head
 * @param contentBytes length of its content; 0 if it has none
 */
record SnappyChunk(long offset, int type, int bodyBytes, int contentBytes) {
  static final int HEAD_BYTES = 4;
  static final int CHECKSUM_BYTES = 4;

  /** The most content that a chunk may have. */
  static final int MOST_CONTENT = 1 << 16;

  /** The most that 65,536 bytes can become when compressed (snappy's MaxCompressedLength). */
  private static final int MOST_COMPRESSED = 32 + MOST_CONTENT + MOST_CONTENT / 6;

  static final int COMPRESSED = 0;
  static final int STORED = 1;
  private static final int FIRST_SKIPPABLE = 0x80;
  private static final int MOST_VARINT_BYTES = 3;

  /** Offset after the chunk. */
  long endOffset() {
    return offset + HEAD_BYTES + bodyBytes;
  }

  /** Whether the content is compressed. */
  boolean isCompressed() {
    return type == COMPRESSED;
  }

  /**
   * The chunk at an offset; empty if it is damaged, or not completely in the file.
   *
   * @param offset any offset in the file
   */
  static Optional<SnappyChunk> at(ImageBytes bytes, long offset) {
    MemorySegment head =
        MemorySegment.ofArray(new byte[HEAD_BYTES + CHECKSUM_BYTES + MOST_VARINT_BYTES]);
    long there = bytes.read(offset, head);
    if (there < HEAD_BYTES) {
      return Optional.empty();
    }
    int word = LittleEndian.i32(head, 0);
    int type = word & 0xff;
    int bodyBytes = word >>> 8;
    int content = contentBytes(type, bodyBytes, head, there);
    return content >= 0 && bytes.contains(offset, HEAD_BYTES + (long) bodyBytes)
        ? Optional.of(new SnappyChunk(offset, type, bodyBytes, content))
        : Optional.empty();
  }

  /** Length of the content; -1 if the chunk is impossible. */
  private static int contentBytes(int type, int bodyBytes, MemorySegment head, long there) {
    if (type >= FIRST_SKIPPABLE) {
      return 0;
    }
    if (type > STORED || bodyBytes <= CHECKSUM_BYTES) {
      return -1;
    }
    int content =
        type == STORED ? bodyBytes - CHECKSUM_BYTES : varint(head, (int) there - HEAD_BYTES - 4);
    boolean possible =
        content > 0
            && content <= MOST_CONTENT
            && bodyBytes - CHECKSUM_BYTES <= (type == STORED ? MOST_CONTENT : MOST_COMPRESSED);
    return possible ? content : -1;
  }

  /** The length at the start of compressed content, at most 65,536; -1 if it is longer. */
  private static int varint(MemorySegment head, int available) {
    int value = 0;
    for (int i = 0; i < Math.min(available, MOST_VARINT_BYTES); i++) {
      int next = head.get(ValueLayout.JAVA_BYTE, HEAD_BYTES + CHECKSUM_BYTES + (long) i);
      value |= (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}
