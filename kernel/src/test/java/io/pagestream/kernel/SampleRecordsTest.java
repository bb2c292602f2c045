package io.pagestream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.kernelrecord.NamedRoot;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.images.rangemap.PhysicalMaps;
import io.pagestream.images.rangesource.KernelLogRanges;
import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.machine.SampleGuest;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.IoResources;
import io.pagestream.kernel.record.KernelLog;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.RecordCollector;
import io.pagestream.kernel.symbol.Kallsyms;
import io.pagestream.kernel.symbol.SymbolTable;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of the sample's kernel against what the guest itself printed. */
final class SampleRecordsTest {
  @TempDir static Path folder;

  private static OpenedImage image;
  private static PhysicalPages pages;
  private static LinuxKernel kernel;

  @BeforeAll
  static void open() throws InterruptedException {
    image = SampleGuest.open(folder, new LinuxRecordReader());
    pages = new PhysicalPages(image.image(), new ReadBudget(ReadBudget.DEFAULT));
    kernel =
        OpenedKernel.of(image.image(), pages, new PageSearch(image.image()), PageTableProgress.NONE)
            .kernel()
            .orElseThrow();
  }

  @AfterAll
  static void close() {
    pages.close();
    image.close();
  }

  @Test
  void theResourcesAreThoseOfProcIomem() {
    List<String> lines =
        IoResources.read(kernel).entries().stream()
            .map(resource ->
                "%s%08x-%08x : %s"
                    .formatted(
                        "  ".repeat(resource.depth()),
                        resource.start(),
                        resource.last(),
                        resource.name()))
            .toList();
    assertThat(lines).isEqualTo(SampleGuest.lines("iomem"));
  }

  @Test
  void rangesAndTypesAreThoseOfTheGuestsOwnFiles() {
    PhysicalMap expected = PhysicalMaps.of(image.extents(), SampleGuest.sidecars());
    assertThat(lines(image.map())).isEqualTo(lines(expected));
    assertThat(image.map().warnings()).isEmpty();
    assertThat(image.doubts()).isEmpty();
    assertThat(image.registers().mtrr().orElseThrow().ranges())
        .usingRecursiveComparison()
        .isEqualTo(SampleGuest.sidecars().cache().mtrr().orElseThrow().ranges());
    assertThat(image.registers().pat()).isEqualTo(SampleGuest.sidecars().cache().pat());
    assertThat(image.map().ranges())
        .filteredOn(range -> range.getName().equals("Local APIC"))
        .singleElement()
        .satisfies(range -> {
          assertThat(range.getProvenance()).isEqualTo(RangeProvenance.KERNEL_RECORDS);
          assertThat(range.getSource()).isEqualTo("kernel-resources");
        });
  }

  @Test
  void theSameInLime() throws IOException {
    try (OpenedImage lime =
        SampleGuest.open(SampleGuest.lime(raw(), folder), folder, new LinuxRecordReader())) {
      assertSame(lime);
    }
  }

  @Test
  void theSameInElfWithANote() throws IOException {
    byte[] text = vmcoreInfoText();
    try (OpenedImage elf =
        SampleGuest.open(SampleGuest.elf(raw(), text, folder), folder, new LinuxRecordReader())) {
      assertThat(elf.kernelRecords().hints().get("kernel-records"))
          .contains("VMCOREINFO of the container");
      assertSame(elf);
    }
  }

  private static void assertSame(OpenedImage other) {
    KernelRecords one = image.kernelRecords();
    KernelRecords two = other.kernelRecords();
    assertThat(two.sources()).isEqualTo(one.sources());
    assertThat(two.cache()).isEqualTo(one.cache());
    assertThat(two.tracked()).isEqualTo(one.tracked());
    assertThat(two.roots()).isEqualTo(one.roots());
  }

  @Test
  void symbolsAreThoseOfProcKallsyms() {
    Map<String, Long> expected = new TreeMap<>();
    for (String line : SampleGuest.lines("kallsyms")) {
      String[] words = line.split(" ", -1);
      expected.put(words[2], Long.parseUnsignedLong(words[0], 16));
    }
    LocatedKernel named = new LocatedKernel(kernel.memory(), kernel.info(), "test");
    LocatedKernel unnamed = new LocatedKernel(kernel.memory(), new VmcoreInfo(Map.of()), "test");
    for (LocatedKernel each : List.of(named, unnamed)) {
      SymbolTable table = Kallsyms.read(each, expected.keySet()).orElseThrow();
      assertThat(new TreeMap<>(table.addresses())).isEqualTo(expected);
    }
  }

  @Test
  void theRootsAreThoseOfTheProcesses() {
    Map<Integer, String> expected = new TreeMap<>();
    for (String line : SampleGuest.lines("planted")) {
      if (line.startsWith("PROC")) {
        expected.put(
            Integer.parseInt(line.replaceAll(".* pid=(\\d+) .*", "$1")),
            line.replaceAll(".* name=(\\S+) .*", "$1"));
      }
    }
    Map<Integer, String> named = new HashMap<>();
    for (NamedRoot root : image.kernelRecords().roots()) {
      named.put(root.pid(), root.name());
    }
    assertThat(named).containsAllEntriesOf(expected).containsEntry(1, "init");
    assertThat(named).containsEntry(0, "kernel");
  }

  @Test
  void theLogIsThatOfDmesg() {
    List<String> lines =
        KernelLog.read(kernel).entries().stream()
            .flatMap(record ->
                record
                    .text()
                    .lines()
                    .map(line ->
                        "[%5d.%06d] %s"
                            .formatted(
                                record.nanoseconds() / 1_000_000_000,
                                record.nanoseconds() / 1000 % 1_000_000,
                                line)))
            .toList();
    List<String> printed = SampleGuest.lines("dmesg");
    assertThat(lines.subList(0, printed.size())).isEqualTo(printed);
  }

  @Test
  void withoutSymbolsTheLogSaysWhatTheFirmwareSaid() {
    LinuxKernel bare =
        new LinuxKernel(
            kernel.memory(),
            kernel.info(),
            kernel.foundBy(),
            java.util.Optional.empty(),
            java.util.Optional.empty());
    KernelRecords records = RecordCollector.of(bare);
    assertThat(records.sources())
        .singleElement()
        .satisfies(source -> {
          assertThat(source.word()).isEqualTo("kernel-log");
          assertThat(source.claims()).isEqualTo(KernelLogRanges.e820(SampleGuest.lines("dmesg")));
          assertThat(source.claims()).hasSizeGreaterThan(3);
        });
    assertThat(records.cache().pat()).isEqualTo(SampleGuest.sidecars().cache().pat());
  }

  @Test
  void aKernelIsFoundByItsPageTablesAlone() {
    VirtualMemory process =
        kernel.memory().under(image.kernelRecords().roots().getLast().physicalAddress());
    LinuxKernel found =
        LinuxKernel.open(new LocatedKernel(process, new VmcoreInfo(Map.of()), "page tables"));
    assertThat(found.memory().root()).isEqualTo(kernel.memory().root());
    assertThat(IoResources.read(found)).isEqualTo(IoResources.read(kernel));
  }

  private static List<String> lines(PhysicalMap map) {
    return map.ranges().stream().map(SampleRecordsTest::line).toList();
  }

  private static String line(AddressRange range) {
    return "%x-%x %s %s %s"
        .formatted(
            range.getPhysicalAddress(),
            PhysicalMap.endOf(range) - 1,
            range.getKind(),
            range.getEstablished(),
            range.getName());
  }

  /** The sample's memory as a file. */
  private static Path raw() throws IOException {
    Path file = folder.resolve("memory.raw");
    if (file.toFile().exists()) {
      return file;
    }
    int batch = 1024;
    long end = image.extents().getLast().endAddress();
    try (Arena arena = Arena.ofConfined();
        FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MemorySegment memory = arena.allocate(Pages.address(batch));
      for (long at = 0; at < end; at += Pages.address(batch)) {
        image.image().read(at, batch, memory, new PageState[batch]);
        out.write(memory.asByteBuffer());
      }
    }
    return file;
  }

  /** The kernel's copy, in a page that begins with it. */
  private static byte[] vmcoreInfoText() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Pages.SIZE);
      String place = kernel.foundBy().replaceAll(".*0x", "");
      image.image().read(Long.parseLong(place, 16), 1, memory, new PageState[1]);
      return memory.getString(0).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
  }
}
