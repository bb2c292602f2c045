package io.pagestream.analyzers.files;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds files by their headers, at any alignment; docs/files.md lists the formats. Every header is
 * checked field by field, and the beginning of deflate data is decompressed, so that a magic number
 * alone is never a finding. The value is a short description, the length that of the header, and
 * attributes hold what the header declares.
 */
public final class FilesAnalyzer implements Analyzer {
  private static final String GZIP = "gzip";

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "files",
              "Finds programs, archives, compressed files, documents, pictures, databases and packet"
                  + " captures by their validated headers.",
              List.of(
                  FindingKind.proven("elf"),
                  FindingKind.proven("pe"),
                  FindingKind.checked(GZIP),
                  FindingKind.checked("zip"),
                  FindingKind.proven("sqlite"),
                  FindingKind.checked("jpeg"),
                  FindingKind.proven("png"),
                  FindingKind.checked("pdf"),
                  FindingKind.proven("mach-o"),
                  FindingKind.proven("dex"),
                  FindingKind.proven("java-class"),
                  FindingKind.proven("7z"),
                  FindingKind.proven("rar"),
                  FindingKind.proven("xz"),
                  FindingKind.checked("zstd"),
                  FindingKind.proven("bzip2"),
                  FindingKind.proven("ole"),
                  FindingKind.proven("ooxml"),
                  FindingKind.checked("gif"),
                  FindingKind.checked("webp"),
                  FindingKind.proven("plist"),
                  FindingKind.checked("pcap"),
                  FindingKind.checked("pcapng")),
              0,
              AnalyzerInfo.MAX_LOOK_AHEAD_BYTES,
              List.of())
          .searching(patterns());

  /** Number of bytes, from a header's first on, that are examined. */
  private static final int HEADER_BYTES = 4096;

  /** Padding, so that fields of eight bytes may be read before their bounds are checked. */
  private static final int PADDING = 16;

  private static final ValueLayout.OfInt SIGNATURE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final DeflateProbe deflate = new DeflateProbe();
  private final GzipContent gzip = new GzipContent();
  private final List<FileFormat> formats = formats(deflate);
  private final HeaderBytes header = new HeaderBytes();
  private final HeaderBytes more = new HeaderBytes();
  private final byte[] moreBytes = new byte[INFO.lookAheadBytes() + PADDING];
  private byte[] memory = new byte[0];

  /** An instance for one thread; it has no options. */
  public FilesAnalyzer(AnalyzerOptions unused) {}

  /** All formats; their indexes are those of their patterns. */
  private static List<FileFormat> formats(DeflateProbe deflate) {
    ZipFormat zip = new ZipFormat(deflate);
    List<FileFormat> formats =
        new ArrayList<>(
            List.of(
                ElfFormat.FORMAT,
                PeFormat.FORMAT,
                new GzipFormat(deflate).format(),
                zip.format(),
                new OoxmlFormat(zip, deflate).format(),
                SqliteFormat.FORMAT,
                SqliteWalFormat.FORMAT,
                SqliteJournalFormat.FORMAT,
                JpegFormat.FORMAT,
                PngFormat.FORMAT,
                PngFormat.IOS_FORMAT,
                PdfFormat.FORMAT,
                MachOFormat.THIN,
                MachOFormat.FAT,
                DexFormat.FORMAT,
                JavaClassFormat.FORMAT,
                OleFormat.FORMAT));
    formats.addAll(ArchiveFormats.ALL);
    formats.addAll(CompressedFormats.ALL);
    formats.addAll(PictureFormats.ALL);
    formats.addAll(PlistFormats.ALL);
    formats.addAll(CaptureFormats.ALL);
    return List.copyOf(formats);
  }

  /** The first bytes of files. */
  private static Patterns patterns() {
    try (DeflateProbe deflate = new DeflateProbe()) {
      List<FileFormat> formats = formats(deflate);
      int longest = formats.stream().mapToInt(FileFormat::magicBytes).max().orElseThrow();
      return new Patterns(formats.stream().map(FileFormat::expression).toList(), 0, longest);
    }
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    int from = window.ownStart();
    int limit = -1;
    for (int i = 0; i < matches.count(); i++) {
      FileFormat format = formats.get(matches.pattern(i));
      int start = matches.end(i) - format.magicBytes();
      if (window.owns(start)) {
        if (limit < 0) {
          limit = Math.min(window.limit() - from, window.ownEnd() - from + HEADER_BYTES - 1);
          copy(window.bytes(), from, limit);
        }
        check(format, window, from, start - from, limit, findings);
      }
    }
  }

  private void check(
      FileFormat format, Window window, int from, int offset, int limit, FindingSink findings) {
    int end = Math.min(limit, offset + HEADER_BYTES);
    header.show(memory, offset, end, window.pageEnd(from + offset) - from);
    int start = from + offset;
    boolean distant = isDistantPe(format, window, start);
    if (distant) {
      showMore(window, start);
    }
    FileDescription file = format.describe(distant ? more : header);
    if (file == null) {
      return;
    }
    FileFormat.Details details = format.details();
    if (details != null) {
      showMore(window, start);
      details.addTo(file, more);
    }
    if (format.kind().equals(GZIP)) {
      gzip.decode(header, file.length());
      if (gzip.isCut()) {
        showMore(window, start);
        gzip.decode(more, file.length());
      }
      if (gzip.isCut()) {
        file.attributes().put("cut", "true");
      }
      findings.descend("GZIP", start, gzip.bytes(), gzip.length(), gzip.isCut());
    }
    findings.found(
        format.kind(),
        start,
        file.length(),
        file.value(),
        Encoding.BINARY,
        file.attributes(),
        file.confidence());
  }

  /** Whether the PE header is beyond the examined bytes, but where the first bytes place it. */
  private boolean isDistantPe(FileFormat format, Window window, int start) {
    if (!format.equals(PeFormat.FORMAT) || !header.has(0, format.headerBytes())) {
      return false;
    }
    long at = PeFormat.signatureOffset(header);
    return at > HEADER_BYTES - PeFormat.MOST_HEADER
        && at + Integer.BYTES <= Math.min(window.limit() - start, INFO.lookAheadBytes())
        && window.bytes().get(SIGNATURE, start + at) == PeFormat.SIGNATURE_LE;
  }

  private void showMore(Window window, int start) {
    int length = Math.min(window.limit() - start, INFO.lookAheadBytes());
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, start, moreBytes, 0, length);
    more.show(moreBytes, 0, length, window.pageEnd(start) - start);
  }

  /** Copies bytes to the heap, where unaligned reads are twice as fast as from segments. */
  private void copy(MemorySegment bytes, int from, int length) {
    if (memory.length < length + PADDING) {
      memory = new byte[length + PADDING];
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, memory, 0, length);
  }

  @Override
  public void close() {
    deflate.close();
    gzip.close();
  }
}
