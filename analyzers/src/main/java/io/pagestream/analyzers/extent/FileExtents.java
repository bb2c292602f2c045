package io.pagestream.analyzers.extent;

import java.util.Map;
import java.util.Optional;

/**
 * Determines the extent of files by the structure of their formats, each in one forward pass. What
 * the header declares is used where the format has no further structure; docs/files.md lists the
 * rule of each format.
 */
public final class FileExtents {
  /** A cut file has at least the rest of its first page. */
  private static final long PAGE = 4096;

  private static final String DECLARED_SIZE = "declared-size";

  private FileExtents() {}

  /**
   * The extent of a file. Memory can contain a hole before the end of a cut or a declared extent;
   * copying stops there.
   *
   * @param kind kind of the finding
   * @param header length of its validated header
   * @param attributes attributes of the finding
   * @param firstPage bytes up to the end of the file's first page
   * @param bytes contiguous memory from its first byte on
   * @return empty for kinds that are not files
   */
  public static Optional<FileExtent> of(
      String kind,
      int header,
      Map<String, String> attributes,
      long firstPage,
      ContiguousBytes bytes) {
    FileExtent extent =
        switch (kind) {
          case "gzip" -> StreamExtents.gzip(bytes, header);
          case "xz" -> StreamExtents.xz(bytes);
          case "bzip2" -> StreamExtents.bzip2(bytes);
          case "zstd" -> StreamExtents.zstd(bytes, header);
          case "png" -> PictureExtents.png(bytes);
          case "jpeg" -> PictureExtents.jpeg(bytes);
          case "gif" -> PictureExtents.gif(bytes);
          case "rar" -> ArchiveExtents.rar(bytes);
          case "zip", "ooxml" -> ArchiveExtents.zip(bytes);
          case "7z" -> ArchiveExtents.sevenZip(bytes, declared(attributes));
          case "pdf" -> DocumentExtents.pdf(bytes);
          case "ole" -> DocumentExtents.ole(bytes);
          case "java-class" -> ProgramExtents.javaClass(bytes);
          case "dex" -> ProgramExtents.dex(bytes, declared(attributes));
          case "pcap" -> DocumentExtents.pcap(bytes);
          case "pcapng" -> DocumentExtents.pcapng(bytes);
          case "sqlite" -> SqliteExtents.of(bytes, declared(attributes));
          case "elf", "pe", "mach-o", "webp", "plist" -> declared(bytes, declared(attributes));
          default -> null;
        };
    return Optional.ofNullable(extent)
        .map(found -> found.complete() ? found : cut(found, firstPage, bytes));
  }

  private static FileExtent cut(FileExtent found, long firstPage, ContiguousBytes bytes) {
    long length = Math.max(found.length(), Math.min(firstPage, PAGE));
    return FileExtent.cut(Math.min(length, bytes.limit()));
  }

  /** The size that a header declares; 0 if it declares none. */
  private static long declared(Map<String, String> attributes) {
    try {
      return Math.max(0, Long.parseLong(attributes.getOrDefault(DECLARED_SIZE, "0")));
    } catch (NumberFormatException altered) {
      return 0;
    }
  }

  static FileExtent declared(ContiguousBytes bytes, long size) {
    if (size > 0 && bytes.has(0, size)) {
      return FileExtent.complete(size);
    }
    return FileExtent.cut(size > 0 ? bytes.limit() : 1);
  }
}
