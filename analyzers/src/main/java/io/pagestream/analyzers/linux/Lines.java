package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.records.RecordBytes;

/** Lines of text between other data. */
final class Lines {
  private Lines() {}

  /**
   * Length of the line that begins at {@code offset} and ends before a line feed or NUL byte.
   *
   * @param ascii whether bytes above 126 are not text
   * @return -1 if a byte is a control character other than a tab, or if the line does not end
   *     within {@code max} bytes
   */
  static int length(RecordBytes bytes, int offset, int max, boolean ascii) {
    for (int i = 0; i <= max && bytes.has(offset + i, 1); i++) {
      int next = bytes.u8(offset + i);
      if (next == '\n' || next == 0) {
        return i;
      }
      if ((next < ' ' && next != '\t') || next == 0x7f || (ascii && next > 0x7f)) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether a line begins at {@code offset}: at the beginning of memory, or after one of these. */
  static boolean begins(RecordBytes bytes, int offset) {
    if (!bytes.has(offset - 1, 1)) {
      return true;
    }
    int before = bytes.u8(offset - 1);
    return before == '\n' || before == 0;
  }
}
