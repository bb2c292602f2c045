package io.pagestream.exports.format;

/**
 * What an export has written.
 *
 * @param written findings written
 * @param leftOut findings that the format cannot hold
 * @param why why they were left out, and what to do; empty if none were
 */
public record ExportCounts(long written, long leftOut, String why) {
  /** All were written. */
  static ExportCounts all(long written) {
    return new ExportCounts(written, 0, "");
  }
}
