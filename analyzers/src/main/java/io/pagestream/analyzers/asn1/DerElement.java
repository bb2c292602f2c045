package io.pagestream.analyzers.asn1;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One element in the Distinguished Encoding Rules (X.690, sections 8.1 and 10.1): a tag of one
 * byte, a definite length in the shortest form, and the contents. Elements whose contents are not
 * entirely visible do not exist for it. Reading an element reads its first bytes only, so its cost
 * does not depend on its length, and nothing is allocated for it.
 *
 * @param memory the bytes that contain it
 * @param tag its identifier octet
 * @param start offset of the identifier octet
 * @param content offset of the first byte of the contents
 * @param end offset after the contents
 */
public record DerElement(MemorySegment memory, int tag, int start, int content, int end) {
  public static final int INTEGER = 0x02;
  public static final int BIT_STRING = 0x03;
  public static final int OCTET_STRING = 0x04;
  public static final int NULL = 0x05;
  public static final int OBJECT_IDENTIFIER = 0x06;
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;
  public static final int SEQUENCE = 0x30;
  public static final int SET = 0x31;

  /** Low bits of the identifier octet if the tag continues in the next byte. */
  private static final int LONG_TAG = 0x1f;

  /**
   * The element at an offset.
   *
   * @param limit offset after the last byte that it may occupy
   * @return null if there is none
   */
  public static @Nullable DerElement at(MemorySegment memory, int offset, int limit) {
    if (offset < 0 || offset > limit - 2) {
      return null;
    }
    int tag = u8(memory, offset);
    int length = u8(memory, offset + 1);
    int content = offset + 2;
    if (length > 0x80) {
      int bytes = length - 0x80;
      if (bytes > 3 || bytes > limit - content || u8(memory, content) == 0) {
        return null;
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | u8(memory, content + i);
      }
      content += bytes;
      if (length < 0x80) {
        return null;
      }
    } else if (length == 0x80) {
      return null;
    }
    return (tag & LONG_TAG) == LONG_TAG || length > limit - content
        ? null
        : new DerElement(memory, tag, offset, content, content + length);
  }

  /** The same with an expected tag. */
  public static @Nullable DerElement at(MemorySegment memory, int offset, int limit, int tag) {
    DerElement element = at(memory, offset, limit);
    return element == null || element.tag != tag ? null : element;
  }

  /** The element whose contents start at an offset, or null. */
  public static @Nullable DerElement around(MemorySegment memory, int content, int limit, int tag) {
    for (int header = 2; header <= 4 && header <= content; header++) {
      if (u8(memory, content - header) == tag) {
        DerElement element = at(memory, content - header, limit, tag);
        if (element != null && element.content == content) {
          return element;
        }
      }
    }
    return null;
  }

  /** The first element in the contents, or null. */
  public @Nullable DerElement first() {
    return at(memory, content, end);
  }

  /** The first element in the contents, or null if it has another tag. */
  public @Nullable DerElement first(int expected) {
    return at(memory, content, end, expected);
  }

  /** The element after this one in {@code parent}, or null. */
  public @Nullable DerElement next(DerElement parent) {
    return at(memory, end, parent.end);
  }

  /** The element after this one in {@code parent}, or null if it has another tag. */
  public @Nullable DerElement next(DerElement parent, int expected) {
    return at(memory, end, parent.end, expected);
  }

  /** Whether no element follows in {@code parent}. */
  public boolean isLastOf(DerElement parent) {
    return end == parent.end;
  }

  /** Number of bytes of the contents. */
  public int length() {
    return end - content;
  }

  /** Number of bytes with the header. */
  public int size() {
    return end - start;
  }

  /** One byte of the contents. */
  public int u8(int index) {
    return u8(memory, content + index);
  }

  /** A copy of the contents. */
  public byte[] contents() {
    return memory.asSlice(content, length()).toArray(ValueLayout.JAVA_BYTE);
  }

  /** A copy of the element with its header. */
  public byte[] encoded() {
    return memory.asSlice(start, size()).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Whether the contents are these bytes. */
  public boolean holds(byte[] expected) {
    return length() == expected.length
        && MemorySegment.mismatch(
                memory, content, end, MemorySegment.ofArray(expected), 0, expected.length)
            < 0;
  }

  /** Whether the element is an INTEGER of this value, which is less than 128. */
  public boolean isInteger(int value) {
    return tag == INTEGER && length() == 1 && u8(0) == value;
  }

  /**
   * Whether the element is an INTEGER greater than zero in the shortest form (X.690, section 8.3).
   *
   * @param maxBytes maximum number of bytes of the number
   */
  public boolean isPositive(int maxBytes) {
    int length = length();
    if (tag != INTEGER || length == 0 || length > maxBytes + 1) {
      return false;
    }
    int first = u8(0);
    return first == 0 ? length > 1 && u8(1) >= 0x80 : first < 0x80;
  }

  /** The number, of an INTEGER for which {@link #isPositive} holds. */
  public BigInteger number() {
    return new BigInteger(contents());
  }

  private static int u8(MemorySegment memory, int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }
}
