package io.pagestream.images.format.qemu;

/** Finds where a damaged stream can be read again. */
final class StreamSearch {
  private static final int START = 0x01;
  private static final int PART = 0x02;
  private static final int END = 0x03;
  private static final int FOOTER = 0x7e;

  /** u64, its first byte: an address below 2^56. */
  private static final int RECORD = 0x00;

  private StreamSearch() {}

  /**
   * The first offset, from one on, of a RAM section or of a record that another one follows; -1 if
   * there is none.
   *
   * @param ramSection number of the RAM's section, or -1 if it has not begun
   */
  static long next(
      StreamWindow window, RamRecords records, long ramSection, long from, long length) {
    for (long at = from; at < length; at++) {
      int value = window.u8(at);
      boolean candidate = value == RECORD || value == START || value == PART || value == END;
      if (value < 0) {
        at = (at / 512 + 1) * 512 - 1;
      } else if (candidate
          && (ramSection < 0 ? isStart(window, at) : isSection(window, records, ramSection, at))) {
        return at;
      } else if (value == RECORD && ramSection >= 0 && isRecord(window, records, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isStart(StreamWindow window, long at) {
    return window.has(at, 17)
        && window.u8(at) == START
        && window.u8(at + 5) == 3
        && window.text(at + 6, 3).equals("ram")
        && window.u32(at + 13) <= 16;
  }

  private static boolean isSection(
      StreamWindow window, RamRecords records, long ramSection, long at) {
    int type = window.u8(at);
    return (type == PART || type == END)
        && window.has(at, 5)
        && window.u32(at + 1) == ramSection
        && records.plausible(at + 5) != RamRecords.INVALID;
  }

  /** Whether a record is at an offset: another one, or the end of the section, follows it. */
  static boolean isRecord(StreamWindow window, RamRecords records, long at) {
    if (window.u8(at) != RECORD) {
      return false;
    }
    long length = records.plausible(at);
    if (length == RamRecords.INVALID) {
      return false;
    }
    if (records.isEnd(at)) {
      return window.u8(at + length) == FOOTER && window.has(at, 13);
    }
    return records.plausible(at + length) != RamRecords.INVALID;
  }
}
