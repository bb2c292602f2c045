package io.pagestream.images.format.qcow2;

import io.pagestream.images.HostileInput;
import io.pagestream.images.MemoryImageContract;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The memory of a snapshot keeps the contract of all formats. */
final class QcowContractTest extends MemoryImageContract {
  QcowContractTest() {
    super("qemu-savevm.qcow2");
  }

  @Test
  void damageAndCutsAreSurvived() throws IOException {
    byte[] content = Files.readAllBytes(golden("qemu-savevm.qcow2"));
    HostileInput.survives(new QcowFormat(), content, 2048);
    HostileInput.survivesCuts(new QcowFormat(), content, 1024, 2048);
  }
}
