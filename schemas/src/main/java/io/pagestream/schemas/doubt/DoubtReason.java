package io.pagestream.schemas.doubt;

import io.pagestream.schemas.avro.Doubt;
import java.util.Locale;

/**
 * Reasons why something about an image is unreliable. In records, files and on screens, the reason
 * is the constant's name in kebab-case. Every doubt sets the exit code to 1; information without an
 * effect on reliability is a warning or a note.
 */
public enum DoubtReason {
  /** A file ends before the bytes that its headers declare. */
  TRUNCATED,
  /** Expected bytes could not be read: a bad sector, or damaged compressed data. */
  UNREADABLE,
  /** A gzip member does not match its CRC-32 or its length (RFC 1952, CRC32 and ISIZE). */
  GZIP_CRC,
  /** A zstd frame does not match its content checksum (RFC 8878, section 3.1.1). */
  ZSTD_CHECKSUM,
  /** An xz block does not match its check (the .xz file format, section 3.4). */
  XZ_CHECK,
  /** Compressed data is damaged: the data after the damage may be missing or at other addresses. */
  DAMAGED_STREAM,
  /** Bytes after the end of the image's data do not belong to any page. */
  TRAILING_BYTES,
  /** A file changed while it was read. */
  FILE_CHANGED,
  /** A sidecar that was found by its name changed the result. */
  SIDECAR_FOUND,
  /** A header is missing or damaged; the bytes up to the next one were given up. */
  SKIPPED_HEADER,
  /** Ranges of the image claim the same addresses with different bytes. */
  OVERLAPPING_RANGES,
  /** A header claims memory for which the file cannot have the bytes. */
  IMPLAUSIBLE_SIZE,
  /** Memory is at addresses that are assumed: the image does not contain them. */
  ADDRESSES_ASSUMED,
  /** A header contradicts the data that it describes. */
  HEADER_CONTRADICTION,
  /** A file looks like an unsupported format, and is read as raw memory on request. */
  FORMAT_FORCED,
  /** A file of a split image is missing. */
  MISSING_PART,
  /** A list of the kernel in the image ends in damage: further entries are missing. */
  KERNEL_LIST_CUT,
  /** A page has more findings of a kind or value than are kept. */
  FINDINGS_CAPPED;

  /** The reason as text: {@code gzip-crc}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A doubt that concerns no address range. */
  public Doubt of(String message) {
    return of(0, 0, message);
  }

  /**
   * A doubt about an address range.
   *
   * @param physicalAddress first address, in bytes
   * @param pageCount length in pages
   * @param message one sentence: the problem, with file and offset, and a remedy
   */
  public Doubt of(long physicalAddress, long pageCount, String message) {
    return new Doubt(word(), physicalAddress, pageCount, message);
  }
}
