package io.pagestream.images.format.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ELF files that are not what they seem, and segments that contradict each other. */
final class ElfFormatTest {
  private static final int CORE = 4;

  @TempDir Path folder;

  @Test
  void programsAndLibrariesAreRefusedByName() throws IOException {
    for (int type = 1; type <= 3; type++) {
      Path file = write(type, new long[][] {{0, 0, 0, Pages.SIZE, Pages.SIZE}});
      assertThatThrownBy(() -> open(file))
          .hasMessageStartingWith("PS-201 ")
          .hasMessageContaining("ELF");
    }
  }

  @Test
  void theCoreOfAProgramIsRefused() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0x400000, 0, Pages.SIZE, Pages.SIZE},
              {8192, 0x7fff0000L, 0, Pages.SIZE, Pages.SIZE}
            });
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith("PS-201 ")
        .hasMessageContaining("single program");
  }

  @Test
  void sameMemoryMappedTwiceIsOneExtent() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0xffff0000_00000000L, 0x10000, 2 * Pages.SIZE, 2 * Pages.SIZE},
              {8192, 0xffff8000_00000000L, 0x11000, 2 * Pages.SIZE, 2 * Pages.SIZE}
            });
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::pageCount)
          .containsExactly(tuple(0x10000L, 3L));
      assertThat(opened.image().facts().warnings()).isEmpty();
    }
  }

  @Test
  void ofContradictingSegmentsTheFirstCountsWithADoubt() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {8192, 0, 0x10000, Pages.SIZE, Pages.SIZE},
              {4096, 0, 0x10000, 2 * Pages.SIZE, 2 * Pages.SIZE}
            });
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents().getFirst().pageCount()).isEqualTo(2);
      assertThat(opened.image().facts().doubts())
          .singleElement()
          .extracting(Doubt::getReason)
          .isEqualTo("overlapping-ranges");
    }
  }

  @Test
  void aClaimOutOfAllProportionIsRefused() throws IOException {
    Path file = write(CORE, new long[][] {{4096, 0, 0, 1L << 50, 1L << 50}});
    assertThatThrownBy(() -> open(file)).hasMessageStartingWith("PS-208 ");
  }

  private OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }

  /** An ELF64 file with PT_LOADs of {offset, vaddr, paddr, filesz, memsz} and 16 KiB in all. */
  private Path write(int type, long[][] loads) throws IOException {
    ByteBuffer elf = ByteBuffer.allocate(16384).order(ByteOrder.LITTLE_ENDIAN);
    elf.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
    elf.putShort(16, (short) type).putShort(18, (short) 62).putInt(20, 1).putLong(32, 64);
    elf.putShort(54, (short) 56).putShort(56, (short) loads.length);
    for (int i = 0; i < loads.length; i++) {
      elf.putInt(64 + 56 * i, 1);
      for (int field = 0; field < 5; field++) {
        elf.putLong(64 + 56 * i + 8 + 8 * field, loads[i][field]);
      }
    }
    return Files.write(folder.resolve("elf-" + type), elf.array());
  }
}
