package io.pagestream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.identity.FileHashing;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest from a topic opens only files in the shared folders with matching content. */
class FolderFilesTest {
  private static final byte[] CONTENT = {0, 1, 2, 3, 4, 5, 6, 7};

  @TempDir Path folder;
  private final MemorySegment destination = Arena.ofAuto().allocate(4);
  private FolderFiles files;
  private String sha256;

  @BeforeEach
  void shareAFolder() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Path image = Files.write(shared.resolve("memory.raw"), CONTENT);
    sha256 = FileHashing.hash(image, bytes -> {}).sha256();
    files = new FolderFiles(List.of(folder.resolve("missing"), shared));
  }

  @Test
  void theFileIsFoundByNameAndContent() {
    files.read(manifest("memory.raw", 8, sha256), 0, 3, destination);
    assertThat(destination.toArray(ValueLayout.JAVA_BYTE)).containsExactly(3, 4, 5, 6);
  }

  @Test
  void otherContentIsNotTaken() {
    refused(manifest("memory.raw", 8, "0".repeat(64)));
    refused(manifest("memory.raw", 9, sha256));
  }

  @Test
  void namesLeadNowhereElse() throws Exception {
    Path outside = Files.write(folder.resolve("outside.raw"), CONTENT);
    Files.createSymbolicLink(folder.resolve("shared/link.raw"), outside);
    refused(manifest("../outside.raw", 8, sha256));
    refused(manifest(outside.toString(), 8, sha256));
    refused(manifest("link.raw", 8, sha256));
    refused(manifest("..", 8, sha256));
    refused(manifest("", 8, sha256));
  }

  @Test
  void aFileThatChangesLaterIsAFailure() throws Exception {
    ImageManifest manifest = manifest("memory.raw", 8, sha256);
    files.read(manifest, 0, 0, destination);
    Files.write(folder.resolve("shared/memory.raw"), new byte[9]);
    assertThatThrownBy(() -> files.read(manifest, 0, 0, destination))
        .hasMessageContaining("PS-206");
  }

  private void refused(ImageManifest manifest) {
    assertThatThrownBy(() -> files.read(manifest, 0, 0, destination))
        .as(manifest.getFiles().toString())
        .hasMessageContaining("PS-101")
        .hasMessageContaining("--images");
  }

  private static ImageManifest manifest(String name, long size, String sha256) {
    ImageManifest manifest = new ImageManifest();
    manifest.setImageId("id");
    manifest.setName(name);
    manifest.setFiles(List.of(new ImageFile(name, size, sha256, List.of())));
    return manifest;
  }
}
