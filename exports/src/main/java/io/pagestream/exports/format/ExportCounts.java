package io.pagestream.exports.format;

/**
 * The result of an export.
 *
 * @param written findings written
 * @param leftOut findings that the format cannot represent
 * @param why the reason for omitting them, and a remedy; empty if none were omitted
 */
public record ExportCounts(long written, long leftOut, String why) {
  /** All were written. */
  static ExportCounts all(long written) {
    return new ExportCounts(written, 0, "");
  }
}
