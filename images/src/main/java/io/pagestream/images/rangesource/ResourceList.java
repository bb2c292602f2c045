package io.pagestream.images.rangesource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry's {@code \Hardware\ResourceMap\System Resources\Physical Memory}, value {@code
 * .Translated}: a CM_RESOURCE_LIST (WDK, wdm.h; packed to 4 bytes). A count of full descriptors;
 * each has interface type and bus number (4 bytes each), then version and revision (2 each), the
 * count of partial descriptors, and these: type (1), share disposition (1), flags (2), then for
 * memory the start (8) and the length (4). A partial descriptor takes 16 bytes on 32-bit Windows
 * and 20 on 64-bit, where an interrupt's affinity makes the union larger.
 */
final class ResourceList {
  private static final int TYPE_MEMORY = 3;
  private static final int TYPE_MEMORY_LARGE = 7;

  /** CM_RESOURCE_MEMORY_LARGE_40, _48 and _64: the length counts units of 2^8, 2^16, 2^32. */
  private static final int LARGE_40 = 0x200;

  private static final int LARGE_48 = 0x400;
  private static final int LARGE_64 = 0x800;

  private static final int[] PARTIAL_SIZES = {20, 16};
  private static final int LIST_HEADER = 4;
  private static final int FULL_HEADER = 16;

  private ResourceList() {}

  static List<Claim> read(SideContent content, byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    for (int size : PARTIAL_SIZES) {
      if (fits(buffer, size)) {
        List<Claim> claims = claims(content, buffer, size);
        if (claims.isEmpty()) {
          throw content.invalid("the CM_RESOURCE_LIST has no memory");
        }
        return claims;
      }
    }
    throw content.invalid(
        "it is neither a list of PHYSICAL_MEMORY_RANGE nor a CM_RESOURCE_LIST of %d bytes"
            .formatted(value.length));
  }

  /** Whether headers and descriptors of this size fill the value exactly. */
  private static boolean fits(ByteBuffer buffer, int partialSize) {
    int length = buffer.limit();
    if (length < LIST_HEADER) {
      return false;
    }
    long lists = buffer.getInt(0) & 0xffffffffL;
    long at = LIST_HEADER;
    for (long i = 0; i < lists; i++) {
      if (at + FULL_HEADER > length) {
        return false;
      }
      at += FULL_HEADER + (buffer.getInt((int) at + 12) & 0xffffffffL) * partialSize;
      if (at > length) {
        return false;
      }
    }
    return at == length;
  }

  private static List<Claim> claims(SideContent content, ByteBuffer buffer, int partialSize) {
    List<Claim> claims = new ArrayList<>();
    int at = LIST_HEADER;
    for (int list = buffer.getInt(0); list != 0; list--) {
      int count = buffer.getInt(at + 12);
      at += FULL_HEADER;
      for (int i = 0; i < count; i++, at += partialSize) {
        add(content, buffer, at, claims);
      }
    }
    return claims;
  }

  private static void add(SideContent content, ByteBuffer buffer, int at, List<Claim> claims) {
    int type = buffer.get(at) & 0xff;
    int flags = buffer.getShort(at + 2) & 0xffff;
    long start = buffer.getLong(at + 4);
    long length = buffer.getInt(at + 12) & 0xffffffffL;
    if (type != TYPE_MEMORY && type != TYPE_MEMORY_LARGE) {
      throw content.invalid("descriptor at 0x%x of the value: type %d".formatted(at, type));
    }
    int shift = type == TYPE_MEMORY ? 0 : shiftOf(flags);
    if (shift < 0 || length > Long.MAX_VALUE >>> shift) {
      throw content.invalid(
          "descriptor at 0x%x of the value: flags 0x%x, length 0x%x".formatted(at, flags, length));
    }
    WindowsRangesFile.add(
        content, "descriptor at 0x%x of the value".formatted(at), start, length << shift, claims);
  }

  private static int shiftOf(int flags) {
    return switch (flags & (LARGE_40 | LARGE_48 | LARGE_64)) {
      case LARGE_40 -> 8;
      case LARGE_48 -> 16;
      case LARGE_64 -> 32;
      default -> -1;
    };
  }
}
