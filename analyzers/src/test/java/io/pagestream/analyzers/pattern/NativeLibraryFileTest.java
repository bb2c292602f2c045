package io.pagestream.analyzers.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NativeLibraryFileTest {
  private static final String RESOURCE = "/com/gliwka/hyperscan/jni/linux-x86_64/libhs.so";

  @Test
  void copiesTheLibraryToAPrivateFolderOfThisProcessAndLeavesNothing() throws IOException {
    Path file = NativeLibraryFile.copy(RESOURCE);
    Path folder = Objects.requireNonNull(file.getParent());
    assertThat(folder.getParent()).isEqualTo(ProcessFolder.path());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(NativeLibraryFile.copy(RESOURCE)).isNotEqualTo(file).hasSameBinaryContentAs(file);
    NativeLibraryFile.delete(file);
    assertThat(folder).doesNotExist();
  }

  @Test
  void saysWhatIsSupportedWhereTheLibraryIsMissing() {
    assertThatThrownBy(() -> NativeLibraryFile.copy("/no/such.so"))
        .hasMessageContaining("PS-305")
        .hasMessageContaining("/no/such.so")
        .hasMessageContaining("Linux on x86-64");
  }
}
