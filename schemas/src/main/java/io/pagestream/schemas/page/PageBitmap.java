package io.pagestream.schemas.page;

import java.nio.ByteBuffer;

/**
 * Bitmaps of pages in a run: bit n in byte n&gt;&gt;3, least significant first; bits beyond the end
 * are zero, so an empty buffer means no page.
 */
public final class PageBitmap {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private PageBitmap() {}

  /** The bitmap without any page. */
  public static ByteBuffer empty() {
    return EMPTY;
  }

  /** A bitmap for {@code pageCount} pages, all clear. */
  public static ByteBuffer allocate(int pageCount) {
    return ByteBuffer.allocate((pageCount + 7) >>> 3);
  }

  /** Whether the bit of a page is set; pages beyond the bitmap's end are not. */
  public static boolean isSet(ByteBuffer bitmap, int page) {
    int index = page >>> 3;
    return index < bitmap.remaining()
        && (bitmap.get(bitmap.position() + index) >>> (page & 7) & 1) != 0;
  }

  /** Sets the bit of a page, which must be within the bitmap. */
  public static void set(ByteBuffer bitmap, int page) {
    int index = bitmap.position() + (page >>> 3);
    bitmap.put(index, (byte) (bitmap.get(index) | 1 << (page & 7)));
  }

  /** Clears the bit of a page, which must be within the bitmap. */
  public static void clear(ByteBuffer bitmap, int page) {
    int index = bitmap.position() + (page >>> 3);
    bitmap.put(index, (byte) (bitmap.get(index) & ~(1 << (page & 7))));
  }

  /** Number of set bits. */
  public static int count(ByteBuffer bitmap) {
    int count = 0;
    for (int i = bitmap.position(); i < bitmap.limit(); i++) {
      count += Integer.bitCount(bitmap.get(i) & 0xff);
    }
    return count;
  }
}
