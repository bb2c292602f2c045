package io.pagestream.images.format.qemu;

import io.pagestream.images.HostileInput;
import io.pagestream.images.MemoryImageContract;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** QEMU's migration stream keeps the contract of all formats, by itself and in libvirt's files. */
final class QemuContractTest extends MemoryImageContract {
  QemuContractTest() {
    super("qemu.stream qemu-nodes.stream qemu-libvirt.save qemu-libvirt-gzip.save");
  }

  @Test
  void damageAndCutsAreSurvived() throws IOException {
    byte[] content = Files.readAllBytes(golden("qemu.stream"));
    HostileInput.survives(new QemuFormat(), content, 2048);
    HostileInput.survivesCuts(new QemuFormat(), content, 1024, 2048);
  }
}
