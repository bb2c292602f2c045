package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The text around an artifact: {@link #CHARACTERS} on each side of it, and at most {@link
 * #MAX_OWN_CHARACTERS} of the artifact itself; characters other than printable ASCII become dots.
 * Never shows bytes that are not visible for every division of memory into runs.
 */
final class FindingContext {
  private static final int CHARACTERS = 16;
  private static final int MAX_OWN_CHARACTERS = 256;

  private FindingContext() {}

  static String around(Window window, int offset, int length, Encoding encoding) {
    boolean bigEndian = encoding == Encoding.UTF_16BE;
    int width = encoding == Encoding.UTF_16LE || bigEndian ? 2 : 1;
    int margin = CHARACTERS * width;
    int from = offset - Math.min(margin, offset / width * width);
    int shown = Math.min(length, MAX_OWN_CHARACTERS * width);
    int reach = Math.min(window.limit(), offset + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
    int to = Math.min(reach, offset + shown + margin);
    StringBuilder text = new StringBuilder((to - from) / width);
    for (int at = from; at + width <= to; at += width) {
      text.append(character(window.bytes(), at, width, bigEndian));
    }
    return text.toString();
  }

  private static char character(MemorySegment bytes, int at, int width, boolean bigEndian) {
    int low = bytes.get(ValueLayout.JAVA_BYTE, bigEndian ? at + 1 : at) & 0xff;
    boolean wide = width == 2 && bytes.get(ValueLayout.JAVA_BYTE, bigEndian ? at : at + 1) != 0;
    return !wide && low >= 0x20 && low < 0x7f ? (char) low : '.';
  }
}
