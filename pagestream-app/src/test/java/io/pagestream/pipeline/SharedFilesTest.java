package io.pagestream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.avro.ImageManifest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Analyzers read the files of their job, and only while these match their hashes. */
class SharedFilesTest {
  private static final ImageManifest ID = manifest("id");

  @TempDir Path folder;
  private final SharedFiles files = new SharedFiles();
  private final MemorySegment destination = Arena.ofAuto().allocate(4);
  private Path image;

  @BeforeEach
  void writeAnImage() throws Exception {
    image = Files.write(folder.resolve("memory.raw"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    files.add("id", List.of(new InputFile(image, FileStamp.of(image), Optional.empty())));
  }

  @Test
  void bytesAreReadFromTheirPlace() {
    files.read(ID, 0, 3, destination);
    assertThat(destination.toArray(ValueLayout.JAVA_BYTE)).containsExactly(3, 4, 5, 6);
  }

  @Test
  void noOtherFileIsEverOpened() {
    assertThatThrownBy(() -> files.read(manifest("other"), 0, 0, destination))
        .hasMessageContaining("PS-101");
    assertThatThrownBy(() -> files.read(ID, 1, 0, destination)).hasMessageContaining("PS-101");
    assertThatThrownBy(() -> files.read(ID, -1, 0, destination)).hasMessageContaining("PS-101");
  }

  @Test
  void aFileThatChangedIsAFailureAndNoBytes() throws Exception {
    Files.write(image, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9});
    assertThatThrownBy(() -> files.read(ID, 0, 0, destination))
        .hasMessageContaining("PS-206")
        .hasMessageContaining("memory.raw");
  }

  @Test
  void aFileThatIsGoneIsAFailure() throws Exception {
    Files.delete(image);
    assertThatThrownBy(() -> files.read(ID, 0, 0, destination)).hasMessageContaining("PS-206");
  }

  @Test
  void aReferenceBehindTheEndIsAFailure() {
    assertThatThrownBy(() -> files.read(ID, 0, 6, destination))
        .hasMessageContaining("PS-206")
        .hasMessageContaining("is truncated");
  }

  private static ImageManifest manifest(String imageId) {
    ImageManifest manifest = new ImageManifest();
    manifest.setImageId(imageId);
    manifest.setName("memory.raw");
    return manifest;
  }
}
