package io.pagestream.images.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.conversion.Conversion;
import io.pagestream.images.conversion.ConversionProgress;
import io.pagestream.images.format.elf.ElfFormat;
import io.pagestream.images.format.kdump.KdumpFormat;
import io.pagestream.images.writing.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dumps of big-endian machines: {@code GoldenImagesTest} compares their pages, and this test the
 * facts in their headers and notes.
 */
final class BigEndianMachinesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "elf64-s390x.elf,      elf64, s390x",
    "elf64-ppc64-xnum.elf, elf64, ppc64",
    "elf32-ppc.elf,        elf32, ppc",
    "kdump-s390x.kdump,    kdump, s390x",
    "kdump-ppc.kdump,      kdump, ppc",
    "kdump-qemu-ppc.kdump, kdump, big-endian",
  })
  void headersAndNotesAreReadInTheMachinesOrder(String file, String format, String machine) {
    try (OpenedImage opened = open(GOLDEN.resolve(file))) {
      assertThat(opened.facts().format()).isEqualTo(format);
      assertThat(opened.facts().machine().architecture()).contains(machine);
      assertThat(opened.facts().machine().kernelRelease()).contains("6.1.0-pagestream-fixture");
      assertThat(opened.doubts()).isEmpty();
      assertThat(opened.facts().warnings()).isEmpty();
    }
  }

  @Test
  void memoryOfAnUnnamedBigEndianMachineIsNotTakenForThatOfAnX86() throws IOException {
    byte[] dump = Files.readAllBytes(GOLDEN.resolve("kdump-s390x.kdump"));
    for (int i = 0; i < 6 * 65; i++) {
      dump[12 + i] = 0;
    }
    try (OpenedImage opened = open(Files.write(folder.resolve("unnamed"), dump))) {
      assertThat(opened.facts().machine().architecture()).contains("big-endian");
    }
  }

  @Test
  void littleEndianHeadersAreNotWrittenBeforeBigEndianMemory() {
    List<ImageWriter> writers = new ArrayList<>(new ElfFormat().writers());
    writers.addAll(new KdumpFormat().writers());
    for (ImageWriter writer : writers) {
      try (OpenedImage opened = open(GOLDEN.resolve("elf64-s390x.elf"))) {
        Path out = folder.resolve(writer.format().name());
        assertThatThrownBy(() -> Conversion.convert(opened, writer, out, ConversionProgress.NONE))
            .hasMessageStartingWith("PS-201 ")
            .hasMessageContaining("s390x");
      }
    }
  }

  private static OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }
}
