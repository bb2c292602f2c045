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
import java.util.ArrayList;
import java.util.List;

/**
 * Finds files by their headers, at any alignment: ELF, PE, gzip, zip (each local entry), SQLite,
 * JPEG, PNG and PDF. Every header is checked field by field, and the beginning of compressed data
 * is decompressed, so that a magic number alone is never a finding. The value is a short
 * description, the length that of the header, and attributes hold what the header declares.
 */
public final class FilesAnalyzer implements Analyzer {
  private static final String GZIP = "gzip";

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "files",
              "Finds ELF, PE, gzip, zip, SQLite, JPEG, PNG and PDF files by their validated headers.",
              List.of(
                  FindingKind.proven("elf"),
                  FindingKind.proven("pe"),
                  FindingKind.checked(GZIP),
                  FindingKind.checked("zip"),
                  FindingKind.proven("sqlite"),
                  FindingKind.checked("jpeg"),
                  FindingKind.proven("png"),
                  FindingKind.checked("pdf")),
              0,
              AnalyzerInfo.MAX_LOOK_AHEAD_BYTES,
              List.of())
          .searching(patterns());

  /** Number of bytes, from a header's first on, that are examined. */
  private static final int HEADER_BYTES = 4096;

  /** Padding, so that fields of eight bytes may be read before their bounds are checked. */
  private static final int PADDING = 16;

  private final DeflateProbe deflate = new DeflateProbe();
  private final GzipContent gzip = new GzipContent();
  private final List<FileFormat> formats = formats(deflate);
  private final HeaderBytes header = new HeaderBytes();
  private final HeaderBytes member = new HeaderBytes();
  private final byte[] memberBytes = new byte[INFO.lookAheadBytes() + PADDING];
  private byte[] memory = new byte[0];

  /** An instance for one thread; it has no options. */
  public FilesAnalyzer(AnalyzerOptions unused) {}

  /** All formats; their indexes are those of their patterns. */
  private static List<FileFormat> formats(DeflateProbe deflate) {
    return List.of(
        ElfFormat.FORMAT,
        PeFormat.FORMAT,
        new GzipFormat(deflate).format(),
        new ZipFormat(deflate).format(),
        SqliteFormat.FORMAT,
        JpegFormat.FORMAT,
        PngFormat.FORMAT,
        PdfFormat.FORMAT);
  }

  /** The first bytes of files. */
  private static Patterns patterns() {
    List<String> magics = new ArrayList<>();
    int longest = 0;
    try (DeflateProbe deflate = new DeflateProbe()) {
      for (FileFormat format : formats(deflate)) {
        StringBuilder expression = new StringBuilder();
        format.magic().chars().forEach(c -> expression.append("\\x%02x".formatted(c)));
        magics.add(expression.toString());
        longest = Math.max(longest, format.magic().length());
      }
    }
    return new Patterns(magics, 0, longest);
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
      int start = matches.end(i) - format.magic().length();
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
    FileDescription file = format.describe(header);
    if (file == null) {
      return;
    }
    int start = from + offset;
    if (format.kind().equals(GZIP)) {
      decode(window, start, file.length());
      if (gzip.isCut()) {
        file.attributes().put("cut", "true");
      }
      findings.descend("GZIP", start, gzip.bytes(), gzip.length(), gzip.isCut());
    }
    findings.found(
        format.kind(), start, file.length(), file.value(), Encoding.BINARY, file.attributes());
  }

  private void decode(Window window, int start, int data) {
    int length = Math.min(window.limit() - start, INFO.lookAheadBytes());
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, start, memberBytes, 0, length);
    member.show(memberBytes, 0, length, window.pageEnd(start) - start);
    gzip.decode(member, data);
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
