package io.pagestream.images.format.ewf;

import io.pagestream.images.HostileInput;
import io.pagestream.images.MemoryImageContract;
import io.pagestream.images.format.raw.RawFormat;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** EWF keeps the contract of all formats. */
final class EwfContractTest extends MemoryImageContract {
  EwfContractTest() {
    super("ewf.E01 ewf-set.E01+ewf-set.E02+ewf-set.E03");
  }

  @Test
  void damageAndCutsAreSurvived() throws IOException {
    byte[] content = Files.readAllBytes(golden("ewf.E01"));
    EwfFormat format = new EwfFormat(bytes -> new RawFormat());
    HostileInput.survives(format, content, 2048);
    HostileInput.survivesCuts(format, content, content.length, 0);
  }
}
