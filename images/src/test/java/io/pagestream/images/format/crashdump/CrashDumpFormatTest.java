package io.pagestream.images.format.crashdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facts of crash dumps, and dumps that are damaged or cannot be read. */
final class CrashDumpFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  private static <T> T open(Path file, Function<OpenedImage, T> question) {
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      return question.apply(opened);
    }
  }

  private static Map<String, String> hints(Path file) {
    return open(file, opened -> opened.image().facts().hints());
  }

  private static List<Doubt> doubts(Path file) {
    return open(file, opened -> List.copyOf(opened.image().facts().doubts()));
  }

  /** A golden dump with changed bytes. */
  private Path changed(String name, Consumer<ByteBuffer> change) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(GOLDEN.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(bytes);
    return Files.write(folder.resolve(name), bytes.array());
  }

  @Test
  void theHeaderOfA64BitDumpNamesTheSystem() {
    assertThat(hints(GOLDEN.resolve("crash-full64.dmp")))
        .containsEntry("dump.type", "full")
        .containsEntry("machine", "x86_64")
        .containsEntry("page-table", "0x2000")
        .containsEntry("windows.build", "19041")
        .containsEntry("processors", "4")
        .containsEntry("bug-check", "0xe2")
        .containsEntry("bug-check.parameter.3", "0x3")
        .containsEntry("kd-debugger-data-block", "0xfffff80012300000")
        .containsEntry("ps-active-process-head", "0xfffff80012345670")
        .containsEntry("time", "2021-01-01T00:00:00Z")
        .containsEntry("uptime.seconds", "3600");
  }

  @Test
  void the32BitHeaderHasOtherOffsetsAndPaesTableIsNotPageAligned() {
    assertThat(hints(GOLDEN.resolve("crash-full32.dmp")))
        .containsEntry("machine", "i386")
        .containsEntry("page-table", "0x2020")
        .containsEntry("windows.build", "2600")
        .containsEntry("bug-check", "0xd1")
        .containsEntry("bug-check.parameter.1", "0x4")
        .containsEntry("ps-loaded-module-list", "0x80553fc0")
        .containsEntry("time", "2005-10-29T00:00:00Z")
        .doesNotContainKey("uptime.seconds");
  }

  @Test
  void memoryThatTheDescriptorNamesAndTheDumpLacksIsInTheRangeMap() {
    long pages =
        open(
            GOLDEN.resolve("crash-kernel64.dmp"),
            opened -> opened.image().extents().stream().mapToLong(PhysicalExtent::pageCount).sum());
    assertThat(pages).as("4 + 3 + 5 pages of the descriptor").isEqualTo(12);
  }

  @Test
  void aBitmapThatContradictsItsHeaderIsDoubted() throws IOException {
    Path dump = changed("crash-bitmap64.dmp", bytes -> bytes.putLong(0x2028, 8));
    assertThat(doubts(dump)).extracting(Doubt::getReason).containsExactly("header-contradiction");
    assertThat(doubts(GOLDEN.resolve("crash-bitmap64.dmp"))).isEmpty();
  }

  @Test
  void ofOverlappingRunsTheFirstIsUsed() throws IOException {
    Path dump = changed("crash-full64.dmp", bytes -> bytes.putLong(0x98 + 16, 3));
    assertThat(doubts(dump)).extracting(Doubt::getReason).containsExactly("overlapping-ranges");
  }

  @Test
  void aFullDumpWhoseTypeIsNotInTheHeaderIsReadWithAWarning() throws IOException {
    Path dump = changed("crash-full64.dmp", bytes -> bytes.putInt(0xf98, 0x45474150));
    List<String> warnings = open(dump, opened -> opened.image().facts().warnings());
    assertThat(warnings).singleElement().asString().contains("does not contain its type");
  }

  @Test
  void whatHoldsNoPhysicalMemoryIsRefusedByName() throws IOException {
    Path triage = changed("crash-full64.dmp", bytes -> bytes.putInt(0xf98, 4));
    assertThatThrownBy(() -> doubts(triage))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("PS-201")
        .hasMessageContaining("minidump");
    Path unknown = changed("crash-full64.dmp", bytes -> bytes.putInt(0xf98, 77));
    assertThatThrownBy(() -> doubts(unknown)).hasMessageContaining("unknown type 77");
  }

  @Test
  void impossibleTablesAreNamedWithTheirOffset() throws IOException {
    List<Path> dumps =
        List.of(
            changed("crash-full64.dmp", bytes -> bytes.putInt(0x88, 43)),
            changed("crash-full32.dmp", bytes -> bytes.putInt(0x70, 0)),
            changed("crash-bitmap64.dmp", bytes -> bytes.putLong(0x2030, 1L << 40)),
            changed("crash-active64.dmp", bytes -> bytes.putLong(0x2020, 0x2001)),
            changed("crash-kernel64.dmp", bytes -> bytes.putLong(0x2030, Long.MAX_VALUE)),
            changed("crash-complete64.dmp", bytes -> bytes.putInt(0x2004, 0)));
    List<Long> offsets = List.of(0x88L, 0x6cL, 0x2030L, 0x2020L, 0x2030L, 0x2000L);
    for (int i = 0; i < dumps.size(); i++) {
      Path dump = dumps.get(i);
      String offset = "at offset 0x%x:".formatted(offsets.get(i));
      assertThatThrownBy(() -> doubts(dump))
          .as(dump.toString())
          .isInstanceOf(PagestreamException.class)
          .hasMessageContaining("PS-20")
          .hasMessageContaining(offset);
    }
  }

  @Test
  void aDumpThatEndsEarlyKeepsItsPages() throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("crash-full64.dmp"));
    Path cut = Files.write(folder.resolve("cut.dmp"), Arrays.copyOf(bytes, bytes.length - 5000));
    assertThat(doubts(cut))
        .extracting(Doubt::getReason, Doubt::getPageCount)
        .contains(tuple("truncated", 2L));
  }
}
