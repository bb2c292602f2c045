package io.pagestream.analyzers.files;

import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.pattern.PatternPass;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.finding.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the analyzer reports in a piece of memory, with the confidence. */
final class Reported {
  private static final PatternPass PASS = new PatternPass(List.of(FilesAnalyzer.INFO));

  private Reported() {}

  /** One file; the confidence is null if it is that of the kind. */
  record File(
      String kind,
      int offset,
      String value,
      Map<String, String> attributes,
      @Nullable Confidence confidence) {}

  /** A file of another program, from the resources of the test. */
  static byte[] vector(String name) {
    try (InputStream in = Objects.requireNonNull(Reported.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first file of a kind. */
  static File first(byte[] memory, String kind) {
    List<File> files = all(memory);
    return files.stream()
        .filter(file -> file.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + files));
  }

  /** All files, with a page of zeros after the memory. */
  static synchronized List<File> all(byte[] memory) {
    List<File> files = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        FilesAnalyzer analyzer = new FilesAnalyzer(AnalyzerOptions.none("files"))) {
      MemorySegment shown = arena.allocate(memory.length + 4096L);
      MemorySegment.copy(memory, 0, shown, ValueLayout.JAVA_BYTE, 0, memory.length);
      Window window =
          new Window(shown.asReadOnly(), Location.physical(0x10000), 0, (int) shown.byteSize());
      PASS.scan(List.of(window));
      analyzer.analyze(
          window,
          PASS.of(0, 0),
          new FindingSink() {
            @Override
            public void found(
                String kind,
                int offset,
                int length,
                String value,
                Encoding encoding,
                Map<String, String> attributes,
                @Nullable Confidence confidence) {
              files.add(new File(kind, offset, value, attributes, confidence));
            }
          });
    }
    return files;
  }
}
