package io.pagestream.images.format.vmware;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tags of a group one after the other. A tag is: u8 flags (bits 7 and 6: number of
 * indices, bits 5 to 0: length of the value), u8 length of the name, the name, the indices (u32),
 * and the value. The lengths 62 (compressed) and 63 stand for a block: its length in the file, its
 * length in memory (u32 in files of version 0, otherwise u64), a u16 number of bytes of padding,
 * the padding, and the data. Two zero bytes end the group. Sources: Volatility's {@code vmware.py},
 * LeechCore's {@code device_file.c}, VMware's {@code vmss2core} as described there.
 */
final class StateTags {
  /** A group of a real file has thousands of tags (one for each register of each processor). */
  private static final int MOST_TAGS = 1 << 17;

  private static final int HEAD_BYTES = 2;
  private static final int MOST_NAME = 255;
  private static final int MOST_INDICES = 3;
  private static final int MOST_HEAD = HEAD_BYTES + MOST_NAME + 4 * MOST_INDICES + 8 + 8 + 2;
  private static final int BLOCK_COMPRESSED = 62;
  private static final int BLOCK = 63;
  private static final int LONGEST_NUMBER = 8;

  private final ImageBytes bytes;
  private final int sizeBytes;
  private final MemorySegment head = MemorySegment.ofArray(new byte[MOST_HEAD]);
  private long at;
  private int count;
  private boolean complete;

  /**
   * Starts at the first tag of a group.
   *
   * @param wide whether the lengths of blocks are u64
   */
  StateTags(ImageBytes bytes, long offset, boolean wide) {
    this.bytes = bytes;
    this.at = offset;
    this.sizeBytes = wide ? 8 : 4;
  }

  /** The next tag; empty after the last one, and where the tags are damaged. */
  Optional<StateTag> next() {
    if (count++ >= MOST_TAGS || at < 0 || at >= bytes.length()) {
      return Optional.empty();
    }
    long there = bytes.read(at, head);
    if (there < HEAD_BYTES) {
      return Optional.empty();
    }
    int flags = u8(0);
    int nameBytes = u8(1);
    if (flags == 0 && nameBytes == 0) {
      complete = true;
      return Optional.empty();
    }
    int value = HEAD_BYTES + nameBytes + 4 * (flags >> 6);
    int length = flags & 0x3f;
    boolean block = length == BLOCK || length == BLOCK_COMPRESSED;
    int headBytes = block ? value + 2 * sizeBytes + 2 : value + Math.min(length, LONGEST_NUMBER);
    if (nameBytes == 0 || headBytes > there) {
      return Optional.empty();
    }
    return block ? block(value, length) : number(value, length);
  }

  /** Whether the tags were read up to their end mark. */
  boolean complete() {
    return complete;
  }

  private Optional<StateTag> number(int value, int length) {
    long number = 0;
    for (int i = Math.min(length, LONGEST_NUMBER) - 1; i >= 0; i--) {
      number = number << 8 | u8(value + i);
    }
    StateTag tag = new StateTag(name(), indices(), false, false, at + value, length, number);
    at += value + length;
    return Optional.of(tag);
  }

  private Optional<StateTag> block(int value, int length) {
    long size = sizeBytes == 8 ? LittleEndian.i64(head, value) : LittleEndian.u32(head, value);
    int padding = LittleEndian.u16(head, value + 2L * sizeBytes);
    long data = at + value + 2L * sizeBytes + 2 + padding;
    if (size < 0 || size > Long.MAX_VALUE - data) {
      return Optional.empty();
    }
    StateTag tag = new StateTag(name(), indices(), true, length == BLOCK_COMPRESSED, data, size, 0);
    at = data + size;
    return Optional.of(tag);
  }

  private String name() {
    byte[] name = head.asSlice(HEAD_BYTES, u8(1)).toArray(ValueLayout.JAVA_BYTE);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private List<Integer> indices() {
    List<Integer> indices = new ArrayList<>(MOST_INDICES);
    for (int i = 0; i < u8(0) >> 6; i++) {
      indices.add(LittleEndian.i32(head, HEAD_BYTES + u8(1) + 4L * i));
    }
    return indices;
  }

  private int u8(int offset) {
    return head.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }
}
