package io.pagestream.schemas.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is generated from the code: compared with the current code, or rewritten if the build
 * runs with {@code -Dregenerate}.
 */
public final class Regenerated {
  private Regenerated() {}

  /** Checks or writes a file, given by its path from the module's folder. */
  public static void check(String path, String content, Class<?> test) throws IOException {
    Path file = Path.of(path);
    if (System.getProperty("regenerate") != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, content);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(
            "%s is out of date; run: mvn -pl schemas test -Dtest=%s -Dregenerate",
            file.getFileName(), test.getSimpleName())
        .isEqualTo(content);
  }
}
