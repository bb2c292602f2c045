package io.pagestream.images.rangemap;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFileReader;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The maps of QEMU guests against their own {@code /proc/iomem}, and the types against MTRR × PAT
 * by hand. In all guests the default MTRR type is WB, the fixed ranges are WB below 0xa0000, UC to
 * 0xbffff, WP from 0xc0000 to 0xfffff, and one variable range makes the memory below 4 GiB UC from
 * 0x80000000 (i440fx) or 0xc0000000 (q35).
 */
final class GuestMapsTest {
  @Test
  void theMapOfTheSmallGuestIsItsIomem() throws Exception {
    SideFacts facts = facts("linux-128m", true);
    List<PhysicalExtent> raw =
        List.of(new PhysicalExtent(0, 0x8000, RangeKind.UNKNOWN, RangeProvenance.DEFAULT, ""));
    PhysicalMap map = PhysicalMaps.of(raw, facts);
    assertThat(lines(map))
        .containsExactly(
            // MTRR WB, no entry in the list and no memory: UC-. WB × UC- = UC.
            "0-fff firmware-reserved uncached Reserved",
            "1000-9efff ram write-back System RAM", // WB × WB
            // 0x9fc00 is reserved and the page with it: the kernel does not use it as memory.
            "9f000-9ffff firmware-reserved uncached Reserved",
            // The ISA window is WB for the PAT (untracked): the fixed MTRRs decide, UC and WP.
            "a0000-bffff device uncached PCI Bus 0000:00",
            "c0000-c9fff firmware-reserved write-protected Video ROM",
            "ca000-cafff firmware-reserved write-protected Adapter ROM",
            "cb000-effff unknown unknown ", // in the image, but no source has its kind
            "f0000-fffff firmware-reserved write-protected System ROM",
            "100000-45fffff ram write-back System RAM",
            "4600000-5401fff ram write-back Kernel code",
            "5402000-55fffff ram write-back System RAM",
            "5600000-5e26fff ram write-back Kernel rodata",
            "5e27000-5ffffff ram write-back System RAM",
            "6000000-6245fff ram write-back Kernel data",
            "6246000-68b0fff ram write-back System RAM",
            "68b1000-6dfffff ram write-back Kernel bss",
            "6e00000-7fdffff ram write-back System RAM",
            // ACPI tables that the kernel has mapped: pat_memtype_list says WB for two pages.
            "7fe0000-7fe1fff firmware-reserved write-back Reserved",
            "7fe2000-7ffffff firmware-reserved uncached Reserved",
            "8000000-fe9fffff device uncached PCI Bus 0000:00", // WB or UC × UC- = UC
            // The VGA frame buffer: MTRR UC, but the list says WC. UC × WC = WC.
            "fea00000-feafffff frame-buffer write-combining 0000:00:02.0",
            "feb00000-febeffff device uncached PCI Bus 0000:00",
            "febf0000-febf0fff device uncached 0000:00:02.0", // its registers: UC × UC-
            "febf1000-febfffff device uncached PCI Bus 0000:00",
            "fec00000-fec00fff device uncached IOAPIC 0", // UC × UC-
            "fed00000-fed00fff device uncached HPET 0 / PNP0103:00", // listed: UC × UC-
            "fee00000-fee00fff device uncached Local APIC", // UC × UC-
            "fffc0000-ffffffff firmware-reserved uncached Reserved",
            "100000000-17fffffff device uncached PCI Bus 0000:00", // WB × UC-
            "fd00000000-ffffffffff firmware-reserved uncached Reserved");
    assertThat(map.absentPages()).isEqualTo(map.pages() - 0x8000);
    assertThat(map.warnings()).isEmpty();
  }

  /** 5 GiB on a q35: memory on both sides of the PCI hole, MMCONFIG, one variable MTRR. */
  @Test
  void theMapOfTheLargeGuestKnowsTheHole() throws Exception {
    PhysicalMap map =
        PhysicalMaps.of(
            List.of(container(0, 0x80000000L), container(0x100000000L, 0x1c0000000L)),
            facts("q35-5120", true));
    assertThat(lines(map))
        .contains(
            "7ffe0000-7ffe2fff firmware-reserved write-back Reserved",
            "80000000-afffffff device uncached PCI Bus 0000:00", // WB × UC-
            // Kernel: ioremap of MMCONFIG, UC- in the list; the MTRRs say WB there. WB × UC- = UC.
            "b0000000-bfffffff device uncached PCI MMCONFIG 0000 [bus 00-ff] / pnp 00:05",
            "c0000000-fe9fffff device uncached PCI Bus 0000:00",
            "fea00000-feafffff frame-buffer write-combining 0000:00:01.0",
            "febf1000-febf1fff device uncached 0000:00:1f.2",
            "fed1c000-fed1ffff firmware-reserved uncached Reserved",
            "100000000-10effffff ram write-back System RAM",
            "10f000000-10fe01fff ram write-back Kernel code",
            "111800000-1bfffffff ram write-back System RAM",
            "1c0000000-9bfffffff device uncached PCI Bus 0000:00");
    // The container has "ram" for the VGA window below 1 MiB, which is a device: this is reported.
    assertThat(map.warnings())
        .containsExactly(
            "0xa0000 - 0xbffff (32 pages): container says ram (PT_LOAD), iomem says device"
                + " (PCI Bus 0000:00)",
            // Between the ROMs: only the container has information.
            "0xcb000 - 0xeffff (37 pages): container says ram, the MTRRs say write-protected");
  }

  /** Each line of iomem, read here by other means, has its pages under its name or a child's. */
  @ParameterizedTest
  @CsvSource({"linux-128m", "i440fx-1024", "q35-256", "q35-5120"})
  void everyLineOfIomemIsInTheMapAndNothingElse(String guest) throws Exception {
    PhysicalMap map = PhysicalMaps.of(List.of(), facts(guest, false));
    long covered = 0;
    for (String line : Files.readAllLines(folder(guest).resolve("iomem"))) {
      String[] words = line.strip().split("[- ]", 3);
      long start = Pages.floor(Long.parseLong(words[0], 16));
      long end = Pages.ceil(Long.parseLong(words[1], 16) + 1);
      assertThat(map.ranges())
          .as(line)
          .anyMatch(
              range -> range.getPhysicalAddress() <= start && PhysicalMap.endOf(range) > start);
      String name = line.substring(line.indexOf(" : ") + 3);
      if (name.equals("System RAM")) {
        assertThat(map.ranges())
            .as(line)
            .anyMatch(range ->
                range.getKind() == RangeKind.RAM
                    && range.getPhysicalAddress() == start
                    && range.getName().equals(name));
      }
      if (!line.startsWith(" ")) {
        covered += Pages.frameNumber(end - start);
      }
    }
    // Only the page at 0x9f000 is in two outermost lines.
    assertThat(map.pages()).isEqualTo(covered - 1);
    assertThat(map.absentPages()).isEqualTo(map.pages());
  }

  @ParameterizedTest
  @CsvSource({"linux-128m", "i440fx-1024", "q35-256", "q35-5120"})
  void theFirmwaresTableContradictsTheKernelOnlyInPageZero(String guest) throws Exception {
    for (String table : List.of("dmesg", "memmap")) {
      SideFiles files =
          SideFiles.NONE
              .with(SideFileKind.IOMEM, folder(guest).resolve("iomem"))
              .with(SideFileKind.E820, folder(guest).resolve(table));
      PhysicalMap map = PhysicalMaps.of(List.of(), SideFileReader.read(files));
      List<String> others =
          map.warnings().stream()
              .filter(warning -> !warning.contains("does not contain it"))
              .toList();
      assertThat(others)
          .as(table)
          .singleElement()
          .asString()
          .startsWith(
              "0x0 - 0xfff (1 pages): iomem says firmware-reserved (Reserved), e820 says ram");
    }
  }

  @Test
  void procMtrrAgreesWithTheRegistersAndTellsLess() throws Exception {
    SideFiles both =
        SideFiles.NONE
            .with(SideFileKind.MTRR, folder("q35-256").resolve("mtrr"))
            .with(SideFileKind.MTRR, folder("q35-256").resolve("msr"));
    SideFacts facts = SideFileReader.read(both);
    assertThat(facts.warnings()).isEmpty();
    assertThat(facts.cache().mtrr().orElseThrow().fixed()).isPresent();
    assertThat(Kinds.word(facts.cache().mtrr().orElseThrow().defaultType()))
        .isEqualTo("write-back");
    SideFiles other = both.with(SideFileKind.MTRR, folder("linux-128m").resolve("mtrr"));
    assertThat(SideFileReader.read(other).warnings())
        .singleElement()
        .asString()
        .contains("0x80000000");
  }

  private static PhysicalExtent container(long start, long end) {
    return new PhysicalExtent(
        start, Pages.frameNumber(end - start), RangeKind.RAM, RangeProvenance.CONTAINER, "PT_LOAD");
  }

  private static List<String> lines(PhysicalMap map) {
    return map.ranges().stream().map(GuestMapsTest::line).toList();
  }

  private static String line(AddressRange range) {
    return "%x-%x %s %s %s"
        .formatted(
            range.getPhysicalAddress(),
            PhysicalMap.endOf(range) - 1,
            range.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            range.getEstablished().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            range.getName());
  }

  private static SideFacts facts(String guest, boolean withTypes)
      throws IOException, URISyntaxException {
    SideFiles files = SideFiles.NONE.with(SideFileKind.IOMEM, folder(guest).resolve("iomem"));
    if (withTypes) {
      files =
          files
              .with(SideFileKind.MTRR, folder(guest).resolve("msr"))
              .with(SideFileKind.PAT, folder(guest).resolve("memtype"));
    }
    return SideFileReader.read(files);
  }

  private static Path folder(String guest) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GuestMapsTest.class.getResource("/rangemap/" + guest)).toURI());
  }
}
