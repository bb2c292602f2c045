package io.pagestream.images.container;

/**
 * A member of a zip archive, as the central directory describes it.
 *
 * @param name its name, with unknown characters replaced
 * @param flags general purpose flags
 * @param method compression: 0 stored, 8 deflate
 * @param crc CRC-32 of its content
 * @param packedBytes length as stored
 * @param plainBytes length of its content
 * @param headerOffset offset of its local header
 */
public record ZipMember(
    String name,
    int flags,
    int method,
    long crc,
    long packedBytes,
    long plainBytes,
    long headerOffset) {
  /** Not compressed. */
  public static final int STORED = 0;

  /** RFC 1951. */
  public static final int DEFLATED = 8;

  /** Whether its content is encrypted. */
  public boolean isEncrypted() {
    return (flags & 1) != 0;
  }

  /** Whether it is a directory, or what macOS adds to each file. */
  boolean isAside() {
    return name.endsWith("/") || name.startsWith("__MACOSX/");
  }
}
