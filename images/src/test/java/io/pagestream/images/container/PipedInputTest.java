package io.pagestream.images.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams become files with the same bytes; files stay as they are. */
final class PipedInputTest {
  @TempDir private Path folder;

  @Test
  void aStreamIsCopiedByteForByte() throws IOException {
    for (int size : new int[] {0, 1, 65_535, 65_536, 200_001}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      // A block of zeros, which is not written, inside and at the end.
      for (int i = 65_536; i < Math.min(size, 131_072); i++) {
        content[i] = 0;
      }
      List<Path> files =
          PipedInput.regular(List.of(Path.of("-")), new ByteArrayInputStream(content));
      assertThat(files)
          .singleElement()
          .satisfies(file -> {
            assertThat(file).hasFileName("stdin");
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
          });
    }
    byte[] zeros = new byte[300_000];
    Path file =
        PipedInput.regular(List.of(Path.of("-")), new ByteArrayInputStream(zeros)).getFirst();
    assertThat(Files.size(file)).isEqualTo(zeros.length);
  }

  @Test
  void aNamedPipeIsCopied() throws Exception {
    Path pipe = folder.resolve("memory.lime");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.write(pipe, new byte[] {1, 2, 3});
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    Path file = PipedInput.regular(List.of(pipe), InputStream.nullInputStream()).getFirst();
    writer.join();
    assertThat(file).hasFileName("memory.lime").isNotEqualTo(pipe);
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
  }

  @Test
  void otherFilesStayAsTheyAre() {
    List<Path> files = List.of(Path.of("pom.xml"), folder, folder.resolve("missing"));
    assertThat(PipedInput.regular(files, InputStream.nullInputStream())).isEqualTo(files);
  }

  @Test
  void standardInputIsReadOnce() {
    List<Path> files = List.of(Path.of("-"), Path.of("-"));
    assertThatThrownBy(() -> PipedInput.regular(files, InputStream.nullInputStream()))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("twice");
  }
}
