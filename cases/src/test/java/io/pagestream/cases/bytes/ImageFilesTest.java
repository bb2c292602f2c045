package io.pagestream.cases.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of different machines with one name and size are never taken for each other. */
final class ImageFilesTest {
  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeTwoImagesOfOneNameAndSize() throws IOException {
    first = image("host1/mem.raw");
    second = image("host2/mem.raw");
  }

  @Test
  void theRecordedPathDecidesThenTheLabel() {
    ImageFiles files = new ImageFiles(List.of(first.getParent(), second.getParent()));
    assertThat(find(files, second.toString(), "mem.raw")).contains(second);
    assertThat(find(files, "/moved/host2/mem.raw", "host2/mem.raw")).contains(second);
    assertThat(find(files, "/moved/mem.raw", "mem.raw")).as("ambiguous").isEmpty();
    assertThat(find(new ImageFiles(List.of(first.getParent())), "/moved/mem.raw", "mem.raw"))
        .as("the only one")
        .contains(first);
  }

  @Test
  void aLabelNamesAFileBelowAFolderButNeverOutsideOfIt() {
    ImageFiles files = new ImageFiles(List.of(folder));
    assertThat(find(files, "", "host1/mem.raw")).contains(first);
    assertThat(find(new ImageFiles(List.of(first.resolveSibling("x"))), "", "../mem.raw"))
        .isEmpty();
    assertThat(find(files, "", first.toString())).isEmpty();
    assertThat(find(new ImageFiles(List.of(folder), Optional.of(folder)), "", "host1/mem.raw"))
        .as("below a case folder, which may contain links of another person")
        .isEmpty();
  }

  private static Optional<Path> find(ImageFiles files, String path, String label) {
    return files
        .find(List.of(new ImageFiles.Wanted("mem.raw", 8, path, label)))
        .map(List::getFirst);
  }

  private Path image(String name) throws IOException {
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[8]);
  }
}
