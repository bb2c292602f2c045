package io.pagestream.images.format.vmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.format.HostileInput;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory files with and without their state files, facts, and damage. */
final class VmwareFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;

  private static <T> T open(List<Path> files, Function<OpenedImage, T> question) {
    try (OpenedImage opened = MemoryImages.open(files, OpenOptions.defaults())) {
      return question.apply(opened);
    }
  }

  /** As a command opens it: the companion is found. */
  private static <T> T find(Path file, Function<OpenedImage, T> question) {
    List<List<Path>> groups = ImageGrouping.group(List.of(file), OpenOptions.defaults());
    assertThat(groups).hasSize(1);
    return open(groups.getFirst(), question);
  }

  private static Map<String, String> hints(OpenedImage opened) {
    return opened.facts().hints();
  }

  private static String format(OpenedImage opened) {
    return opened.facts().format();
  }

  private static List<String> warnings(OpenedImage opened) {
    return opened.facts().warnings();
  }

  private static List<String> reasons(OpenedImage opened) {
    return opened.facts().doubts().stream().map(Doubt::getReason).toList();
  }

  private static List<Long> starts(OpenedImage opened) {
    return opened.extents().stream().map(PhysicalExtent::physicalAddress).toList();
  }

  private Path copy(String golden, String name) throws IOException {
    return Files.copy(GOLDEN.resolve(golden), folder.resolve(name));
  }

  private Path changed(String golden, String name, Consumer<ByteBuffer> change) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve(golden));
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void theStateFileHasTheRegistersOfTheProcessors() {
    Path memory = GOLDEN.resolve("vmware-regions.vmem");
    assertThat(find(memory, VmwareFormatTest::hints))
        .containsEntry("cr3.0", "0x1000")
        .containsEntry("cr0.0", "0x80050033")
        .containsEntry("vmware.state", "vmware-regions.vmss")
        .containsEntry("vmware.memory-mib", "4096");
    assertThat(find(GOLDEN.resolve("vmware-arm.vmem"), VmwareFormatTest::hints))
        .containsEntry("machine", "aarch64");
  }

  @ParameterizedTest
  @CsvSource({
    "snap.vmem, snap.vmss",
    "snap.vmem, snap.vmsn",
    "Snap.VMEM, Snap.vmss",
    "snap.vmem, snap.VMSS",
    "w7-Snapshot1.vmem, w7-Snapshot1.vmsn",
    "a.b.vmem, a.b.Vmsn"
  })
  void theOtherFileIsFoundByName(String memory, String state) throws IOException {
    Path memoryFile = copy("vmware-regions.vmem", memory);
    Path stateFile = copy("vmware-regions.vmss", state);
    for (Path given : List.of(memoryFile, stateFile)) {
      assertThat(ImageGrouping.group(List.of(given), OpenOptions.defaults()))
          .containsExactly(List.of(memoryFile, stateFile));
    }
    assertThat(find(memoryFile, VmwareFormatTest::starts)).containsExactly(0L, 4 * GIB, 8 * GIB);
    assertThat(find(memoryFile, VmwareFormatTest::reasons)).isEmpty();
    assertThat(ImageGrouping.group(List.of(stateFile, memoryFile)))
        .containsExactly(List.of(memoryFile, stateFile));
    assertThat(
            ImageGrouping.group(
                List.of(memoryFile), OpenOptions.defaults().withoutFoundSideFiles()))
        .containsExactly(List.of(memoryFile));
    assertThat(ImageGrouping.group(List.of(memoryFile), OpenOptions.defaults().withFormat("raw")))
        .containsExactly(List.of(memoryFile));
  }

  @Test
  void pagesAreReferredToInTheFirstFileOnly() {
    Path memory = GOLDEN.resolve("vmware-regions.vmem");
    Path state = GOLDEN.resolve("vmware-regions.vmss");
    assertThat(open(List.of(memory, state), VmwareFormatTest::offsetOfPageOne)).isEqualTo(0x4000);
    assertThat(open(List.of(state, memory), VmwareFormatTest::offsetOfPageOne)).isEqualTo(-1);
  }

  private static long offsetOfPageOne(OpenedImage opened) {
    return opened.image().fileOffsetOf(0x1000);
  }

  @Test
  void filesOfOtherSnapshotsAreSeparateImages() throws IOException {
    Path memory = copy("vmware-regions.vmem", "snap1.vmem");
    Path other = copy("vmware-inline.vmss", "snap2.vmss");
    Path noState = Files.writeString(folder.resolve("snap1.vmsn"), "nothing of VMware");
    assertThat(ImageGrouping.group(List.of(memory, other, noState), OpenOptions.defaults()))
        .containsExactly(List.of(memory), List.of(other), List.of(noState));
  }

  @Test
  void sidecarsOfTheMemoryFileAreNotMemory() throws IOException {
    Path memory = copy("vmware-regions.vmem", "snap.vmem");
    Path state = copy("vmware-regions.vmss", "snap.vmss");
    Files.writeString(folder.resolve("snap.vmem.iomem"), "00000000-00000fff : Reserved\n");
    assertThat(ImageGrouping.group(List.of(state), OpenOptions.defaults()))
        .containsExactly(List.of(memory, state));
    assertThat(VmwareNames.isMemory(Path.of("a.vmem.zst"))).isTrue();
  }

  @Test
  void aMemoryFileAloneIsReadFromAddressZero() throws IOException {
    Path memory = copy("vmware-single.vmem", "alone.vmem");
    assertThat(find(memory, VmwareFormatTest::starts)).containsExactly(0L);
    assertThat(find(memory, VmwareFormatTest::reasons)).isEmpty();
    assertThat(find(memory, VmwareFormatTest::warnings))
        .singleElement()
        .asString()
        .contains("VMware", ".vmss");
  }

  @Test
  void aLargeMemoryFileAloneHasTheHoleAndADoubt() throws IOException {
    Path memory = folder.resolve("large.vmem");
    try (RandomAccessFile file = new RandomAccessFile(memory.toFile(), "rw")) {
      file.setLength(3 * GIB + 8192);
      file.seek(3 * GIB);
      file.write(7);
    }
    open(
        List.of(memory),
        opened -> {
          assertThat(starts(opened)).containsExactly(0L, 4 * GIB);
          assertThat(opened.facts().doubts())
              .singleElement()
              .satisfies(doubt -> {
                assertThat(doubt.getReason()).isEqualTo("addresses-assumed");
                assertThat(doubt.getPhysicalAddress()).isEqualTo(4 * GIB);
                assertThat(doubt.getPageCount()).isEqualTo(2);
              });
          PageReader reader = new PageReader(opened.image());
          assertThat(reader.read(4 * GIB)).isEqualTo(PageState.DOUBTFUL);
          assertThat(reader.read(0)).isEqualTo(PageState.PRESENT);
          return 0;
        });
  }

  @Test
  void anUnusableStateFileCostsTheRegionsOnly() throws IOException {
    Path memory = copy("vmware-regions.vmem", "snap.vmem");
    changed("vmware-regions.vmss", "snap.vmss", bytes -> bytes.putInt(8, 0));
    assertThat(find(memory, VmwareFormatTest::starts)).containsExactly(0L);
    assertThat(find(memory, VmwareFormatTest::reasons)).containsExactly("header-contradiction");
    assertThat(find(memory, VmwareFormatTest::warnings)).isNotEmpty();
  }

  @Test
  void oneImpossibleRegionCostsItself() throws IOException {
    Path memory = copy("vmware-regions.vmem", "snap.vmem");
    byte[] state = Files.readAllBytes(GOLDEN.resolve("vmware-regions.vmss"));
    int tag = indexOf(state, "regionPPN", 1);
    Arrays.fill(state, tag + 9 + 4, tag + 9 + 4 + 4, (byte) 0xff);
    Files.write(folder.resolve("snap.vmss"), state);
    assertThat(find(memory, VmwareFormatTest::starts)).contains(0L, 8 * GIB);
    // 0xffffffff pages are possible, but not in a file of 40 KiB: the region is where it says.
    assertThat(find(memory, VmwareFormatTest::starts)).hasSize(3);
  }

  @Test
  void memoryWithoutARegionIsADoubt() throws IOException {
    Path memory = folder.resolve("snap.vmem");
    byte[] longer =
        Arrays.copyOf(Files.readAllBytes(GOLDEN.resolve("vmware-regions.vmem")), 44 << 10);
    Files.write(memory, longer);
    copy("vmware-regions.vmss", "snap.vmss");
    assertThat(find(memory, VmwareFormatTest::reasons)).containsExactly("trailing-bytes");
  }

  @Test
  void aTruncatedMemoryFileLacksTheEndOfARegion() throws IOException {
    Path memory = folder.resolve("snap.vmem");
    Files.write(
        memory, Arrays.copyOf(Files.readAllBytes(GOLDEN.resolve("vmware-regions.vmem")), 8 << 12));
    copy("vmware-regions.vmss", "snap.vmss");
    assertThat(find(memory, VmwareFormatTest::reasons)).containsExactly("truncated");
  }

  @Test
  void aStateFileWithoutMemoryIsRefusedByName() throws IOException {
    Path state = copy("vmware-regions.vmss", "lonely.vmss");
    assertThatThrownBy(() -> find(state, OpenedImage::name))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("PS-201")
        .hasMessageContaining("VMware state file")
        .hasMessageContaining(".vmem");
  }

  @ParameterizedTest
  @CsvSource({"0xbed2bed0", "0xbed0bed0", "0xbed2bed2", "0xbed3bed3", "0xbad1bad1", "0xbad2bad2"})
  void everyMagicIsRecognised(String magic) throws IOException {
    String golden = magic.endsWith("0") ? "vmware-inline.vmss" : "vmware-inline-single.vmsn";
    Path state =
        changed(golden, "x.vmss", bytes -> bytes.putInt(0, (int) (long) Long.decode(magic)));
    assertThat(open(List.of(state), VmwareFormatTest::format)).isEqualTo("vmware");
  }

  @Test
  void hostileStateFilesGiveErrorsOrDoubts() throws IOException {
    long seed = 20261127;
    System.out.println("VmwareFormatTest seed " + seed);
    VmwareFormat format = new VmwareFormat();
    List<byte[]> pair = HostileInput.golden("vmware-regions.vmss", "vmware-regions.vmem");
    List<byte[]> inline = HostileInput.golden("vmware-inline.vmss");
    HostileInput.mutate(format, pair, 700, 7000, seed);
    HostileInput.mutate(format, inline, 700, 3000, seed);
    HostileInput.truncate(format, pair, 700);
    HostileInput.truncate(format, inline, 5000);
  }

  /** Offset of the n-th occurrence (from 0) of a name. */
  private static int indexOf(byte[] bytes, String name, int n) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(name);
    for (int i = 0; i < n; i++) {
      at = text.indexOf(name, at + 1);
    }
    return at;
  }
}
