package io.pagestream.cases.bytes;

import java.nio.ByteBuffer;

/** What can be shown of a page. */
public sealed interface PageBytes {
  /**
   * Its bytes, read from the image.
   *
   * @param bytes 4096 bytes, for reading
   * @param file name of the image's first file
   */
  record Read(ByteBuffer bytes, String file) implements PageBytes {}

  /**
   * No bytes, and why.
   *
   * @param reason a sentence for people
   * @param again whether they may be there in a moment
   */
  record Absent(String reason, boolean again) implements PageBytes {}
}
