package io.pagestream.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A disk with bad sectors: a library that is preloaded into the program and makes reads fail. */
final class BadSectors {
  private static final Path SOURCE =
      Repository.ROOT.resolve("system-tests/src/test/resources/bad-sector/bad-sector.c");

  private BadSectors() {}

  /**
   * Bytes that cannot be read.
   *
   * @param file end of the file's path
   * @param from offset of the first
   * @param to offset of the first that can be read again
   */
  record Bytes(String file, long from, long to) {}

  /**
   * The environment in which a program cannot read these bytes; skips the test without a C
   * compiler.
   */
  static Map<String, String> environment(Path folder, List<Bytes> bad)
      throws IOException, InterruptedException {
    return Map.of(
        "LD_PRELOAD",
        compile(folder).toString(),
        "BAD_SECTORS",
        bad.stream()
            .map(bytes -> "%s:%d-%d".formatted(bytes.file, bytes.from, bytes.to))
            .collect(Collectors.joining(",")));
  }

  private static Path compile(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("bad-sector.so");
    if (Files.exists(library)) {
      return library;
    }
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl")
              .inheritIO()
              .start();
    } catch (IOException noCompiler) {
      assumeTrue(false, "no C compiler: " + noCompiler.getMessage());
      throw noCompiler;
    }
    if (compiler.waitFor() != 0) {
      throw new AssertionError(SOURCE + " does not compile");
    }
    return library;
  }
}
