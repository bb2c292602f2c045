package io.pagestream.images.format.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A memory file of VMware without its state file. */
final class VmwareStateTest {
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "snap.vmem, snap.vmsn",
    "snap.vmem, snap.vmss",
    "Snap.VMEM, Snap.vmss",
    "a.b.vmem.gz, a.b.vmsn"
  })
  void aStateFileBesideItIsNoticed(String memory, String state) throws IOException {
    Files.createFile(folder.resolve(state));
    assertThat(VmwareState.warnings(folder.resolve(memory), GIB))
        .singleElement()
        .asString()
        .contains("VMware", state, "3 GiB");
  }

  @Test
  void aloneItIsDoubtfulFromThreeGibibytesOn() {
    Path file = folder.resolve("snap.vmem");
    assertThat(VmwareState.warnings(file, 3 * GIB)).isEmpty();
    assertThat(VmwareState.warnings(file, 4 * GIB))
        .singleElement()
        .asString()
        .contains("4,096 MiB", ".vmss");
  }

  @Test
  void otherNamesSayNothing() throws IOException {
    Files.createFile(folder.resolve("snap.vmss"));
    assertThat(VmwareState.warnings(folder.resolve("snap.raw"), 8 * GIB)).isEmpty();
  }
}
