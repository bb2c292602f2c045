package io.pagestream.images.format.elf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ELF files of other kinds, and segments that contradict each other. */
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
  void aCopyOfKcoreIsReadByItsPhysicalAddresses() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0xffffffff_81000000L, 0x1000000, Pages.SIZE, Pages.SIZE},
              {0x4900_0000_0000L, 0xffffc900_00000000L, -1, 0x1fff_ffffffffL, 0x1fff_ffffffffL},
              {8192, 0xffff8880_00001000L, 0x1000, Pages.SIZE, Pages.SIZE}
            },
            3);
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::pageCount)
          .containsExactly(tuple(0x1000L, 1L), tuple(0x1000000L, 1L));
      assertThat(opened.image().facts().warnings())
          .singleElement()
          .asString()
          .contains("no physical address");
    }
  }

  @Test
  void aCopyOfKcoreWithoutPhysicalAddressesIsRefusedAsThat() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0xffffffff_81000000L, 0, Pages.SIZE, Pages.SIZE},
              {8192, 0xffff8800_00001000L, 0, Pages.SIZE, Pages.SIZE}
            },
            3);
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith("PS-201 ")
        .hasMessageContaining("/proc/kcore");
  }

  @Test
  void aProgramWithItsVsyscallPageIsStillAProgram() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0x400000, 0, Pages.SIZE, Pages.SIZE},
              {8192, 0xffffffff_ff600000L, 0, Pages.SIZE, Pages.SIZE}
            },
            3);
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith("PS-201 ")
        .hasMessageContaining("single program");
  }

  @Test
  void theOffsetOfWhatIsNotStoredMeansNothing() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {4096, 0, 0, 2 * Pages.SIZE, 2 * Pages.SIZE},
              {-1, 0xffffffff_ff5fc000L, 0xfee00000L, 0, Pages.SIZE}
            });
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::pageCount)
          .containsExactly(tuple(0L, 2L), tuple(0xfee00000L, 1L));
      assertThat(opened.doubts()).isEmpty();
    }
  }

  @Test
  void aSegmentWithoutSizeInMemoryHasItsSizeInTheFile() throws IOException {
    Path file = write(CORE, new long[][] {{4096, 0, 0x2000, 2 * Pages.SIZE, 0}});
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::pageCount)
          .containsExactly(tuple(0x2000L, 2L));
      assertThat(opened.image().facts().warnings()).singleElement().asString().contains("p_memsz");
    }
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

  /**
   * Address, size in the file, size in memory, and the pages at addresses that can be relied on.
   */
  @ParameterizedTest
  @CsvSource({
    "0x20000, 0x1000, 0x800, 0x20000",
    "0x20000, 0x1000, 0x4000000000000000, 0x20000",
    "0x20000, 0x1000, -1, 0x20000",
    "0x1000000000000000, 0x1000, 0x1000, 0x12000",
    "-4096, 0x1000, 0x1000, 0x12000"
  })
  void oneDamagedHeaderCostsNoOtherSegmentAndHidesNoBytes(
      String address, String stored, String size, String analyzedAt) throws IOException {
    long expected = Long.decode(analyzedAt);
    Path file =
        write(
            CORE,
            new long[][] {
              {8192, 0, 0x10000, 2 * Pages.SIZE, 2 * Pages.SIZE},
              {4096, 0, Long.decode(address), Long.decode(stored), Long.decode(size)}
            });
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress)
          .contains(0x10000L);
      PageState[] states = new PageState[1];
      MemorySegment page = Arena.ofAuto().allocate(Pages.SIZE);
      opened.image().read(expected, 1, page, states);
      assertThat(page.get(ValueLayout.JAVA_BYTE, 7)).isEqualTo((byte) 1);
      assertThat(opened.image().facts().doubts())
          .filteredOn(doubt -> doubt.getReason().equals("skipped-header"))
          .singleElement()
          .satisfies(
              doubt -> assertThat(doubt.getMessage()).contains("program header 1 is damaged"))
          .extracting(Doubt::getPhysicalAddress)
          .isEqualTo(expected);
    }
  }

  @Test
  void anImpossibleOffsetCostsItsSegmentOnly() throws IOException {
    Path file =
        write(
            CORE,
            new long[][] {
              {8192, 0, 0x10000, Pages.SIZE, Pages.SIZE},
              {-4096, 0, 0x20000, Pages.SIZE, Pages.SIZE}
            });
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().facts().doubts())
          .singleElement()
          .asString()
          .contains(
              "program header 1 is damaged", "no file has this offset; nothing of it is analyzed");
    }
  }

  @Test
  void programHeadersMayBeFurtherApartThanTheirFields() throws IOException {
    Path file = write(CORE, new long[][] {{8192, 0, 0x10000, Pages.SIZE, Pages.SIZE}});
    byte[] elf = Files.readAllBytes(file);
    ByteBuffer fields = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    fields.putShort(54, (short) 64).putShort(56, (short) 2).putInt(64 + 64, 1);
    fields.putLong(128 + 8, 4096).putLong(128 + 24, 0x30000);
    fields.putLong(128 + 32, Pages.SIZE).putLong(128 + 40, Pages.SIZE);
    try (OpenedImage opened = open(Files.write(folder.resolve("wide"), elf))) {
      assertThat(opened.image().extents())
          .extracting(PhysicalExtent::physicalAddress)
          .containsExactly(0x10000L, 0x30000L);
    }
  }

  private OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }

  /** An ELF64 file with PT_LOADs of {offset, vaddr, paddr, filesz, memsz} and 16 KiB in all. */
  private Path write(int type, long[][] loads) throws IOException {
    return write(type, loads, 0);
  }

  /** The same with an empty note of "CORE" of a type, if it is not 0. */
  private Path write(int type, long[][] loads, int note) throws IOException {
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
    if (note != 0) {
      int header = 64 + 56 * loads.length;
      elf.putShort(56, (short) (loads.length + 1));
      elf.putInt(header, 4).putLong(header + 8, 2048).putLong(header + 32, 20);
      elf.putInt(2048, 5).putInt(2056, note).put(2060, "CORE".getBytes(US_ASCII));
    }
    elf.put(4096 + 7, (byte) 1);
    return Files.write(folder.resolve("elf-" + type), elf.array());
  }
}
