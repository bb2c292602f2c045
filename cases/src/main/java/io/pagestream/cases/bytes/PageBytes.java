package io.pagestream.cases.bytes;

import java.nio.ByteBuffer;

/** The bytes of a page, or the reason why they are not available. */
public sealed interface PageBytes {
  /**
   * Its bytes, read from the image.
   *
   * @param bytes 4096 bytes, for reading
   * @param file name of the image's first file
   */
  record Read(ByteBuffer bytes, String file) implements PageBytes {}

  /**
   * No bytes, with the reason.
   *
   * @param reason a sentence for display
   * @param again whether they may be available shortly
   */
  record Absent(String reason, boolean again) implements PageBytes {}
}
