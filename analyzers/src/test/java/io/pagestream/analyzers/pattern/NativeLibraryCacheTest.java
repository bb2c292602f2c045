package io.pagestream.analyzers.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryCacheTest {
  private static final String RESOURCE = "/com/gliwka/hyperscan/jni/linux-x86_64/libhs.so";

  @TempDir Path temporary;

  @Test
  void writesTheLibraryOnceIntoAPrivateFolder() throws IOException {
    Path file = NativeLibraryCache.file(RESOURCE, temporary);
    var written = Files.getLastModifiedTime(file);
    assertThat(NativeLibraryCache.file(RESOURCE, temporary)).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void replacesAFileThatWasCutShort() throws IOException {
    Path file = NativeLibraryCache.file(RESOURCE, temporary);
    long size = Files.size(file);
    Files.write(file, new byte[10]);
    NativeLibraryCache.file(RESOURCE, temporary);
    assertThat(file).hasSize(size);
  }

  @Test
  void trustsNoFolderThatOthersMayWriteTo() throws IOException {
    Path folder = NativeLibraryCache.file(RESOURCE, temporary).getParent();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(NativeLibraryCache.file(RESOURCE, temporary).getParent()).isNotEqualTo(folder);
  }

  @Test
  void saysWhatIsSupportedWhereTheLibraryIsMissing() {
    assertThatThrownBy(() -> NativeLibraryCache.file("/no/such.so", temporary))
        .hasMessageContaining("PS-305")
        .hasMessageContaining("/no/such.so")
        .hasMessageContaining("Linux on x86-64");
  }
}
