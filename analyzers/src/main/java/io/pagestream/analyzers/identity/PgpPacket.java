package io.pagestream.analyzers.identity;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A packet of OpenPGP with a definite length in OpenPGP's or the legacy format (RFC 9580, section
 * 4.2).
 *
 * @param memory the bytes that contain it
 * @param tag its type
 * @param content offset of its contents
 * @param end offset after it
 */
record PgpPacket(MemorySegment memory, int tag, int content, int end) {
  static final int SECRET_KEY = 5;
  static final int PUBLIC_KEY = 6;
  private static final int USER_ID = 13;
  private static final int MAX_USER_ID = 255;

  /** The packet at an offset, or null if none is entirely visible. */
  static @Nullable PgpPacket at(MemorySegment memory, int start, int limit) {
    if (start > limit - 6) {
      return null;
    }
    int first = u8(memory, start);
    int length;
    int header;
    if ((first & 0xc0) == 0xc0) {
      int octet = u8(memory, start + 1);
      if (octet < 192) {
        length = octet;
        header = 2;
      } else if (octet < 224) {
        length = ((octet - 192) << 8) + u8(memory, start + 2) + 192;
        header = 3;
      } else {
        return null;
      }
    } else if ((first & 0xc3) == 0x80) {
      length = u8(memory, start + 1);
      header = 2;
    } else if ((first & 0xc3) == 0x81) {
      length = u8(memory, start + 1) << 8 | u8(memory, start + 2);
      header = 3;
    } else {
      return null;
    }
    int tag = (first & 0x40) == 0 ? first >> 2 & 0x0f : first & 0x3f;
    int content = start + header;
    return length > limit - content ? null : new PgpPacket(memory, tag, content, content + length);
  }

  int length() {
    return end - content;
  }

  /** The text of a user id packet; null if it is another packet or not text. */
  @Nullable String userId() {
    if (tag != USER_ID || length() == 0 || length() > MAX_USER_ID) {
      return null;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(
                  ByteBuffer.wrap(memory.asSlice(content, length()).toArray(ValueLayout.JAVA_BYTE)))
              .toString();
      return text.chars().anyMatch(Character::isISOControl) ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int u8(MemorySegment memory, int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }
}
