package io.pagestream.images.format.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.HostileInput;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cores of Xen, laid out as its dump-core-format document says: section headers, notes, pages, and
 * the table of their frames.
 */
final class XenCoreTest {
  private static final int NAMES = 0x300;
  private static final int NOTE = 0x340;
  private static final int PAGES = 0x1000;
  private static final long MARK = 0x4750_0000_0000_0000L;

  @TempDir private Path folder;

  /** A core; each page begins with its frame number. */
  private static byte[] core(String table, int wordsPerEntry, long... frames) {
    int tableAt = PAGES + frames.length * 4096;
    int tableBytes = frames.length * wordsPerEntry * 8;
    ByteBuffer core = ByteBuffer.allocate(tableAt + tableBytes).order(ByteOrder.LITTLE_ENDIAN);
    core.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
    core.putShort(16, (short) 4).putShort(18, (short) 62).putInt(20, 1).putLong(40, 64);
    core.putShort(58, (short) 64).putShort(60, (short) 5).putShort(62, (short) 1);
    String names = "\0.shstrtab\0.note.Xen\0.xen_pages\0" + table + "\0";
    core.put(NAMES, names.getBytes(StandardCharsets.US_ASCII));
    section(core, 1, names.indexOf(".shstrtab"), NAMES, names.length());
    section(core, 2, names.indexOf(".note.Xen"), NOTE, 48);
    section(core, 3, names.indexOf(".xen_pages"), PAGES, frames.length * 4096L);
    section(core, 4, names.indexOf(table), tableAt, tableBytes);
    core.putInt(NOTE, 4)
        .putInt(NOTE + 4, 32)
        .putInt(NOTE + 8, 0x2000001)
        .putInt(NOTE + 12, 0x6e6558);
    core.putLong(NOTE + 16, 0xf00febeeL).putLong(NOTE + 24, 1).putLong(NOTE + 32, frames.length);
    core.putLong(NOTE + 40, 4096);
    for (int i = 0; i < frames.length; i++) {
      core.putLong(PAGES + i * 4096, MARK + frames[i]);
      core.putLong(tableAt + i * wordsPerEntry * 8, frames[i]);
    }
    return core.array();
  }

  private static void section(ByteBuffer core, int number, int name, long offset, long size) {
    int at = 64 + number * 64;
    core.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, size);
  }

  private Map<Long, Long> read(byte[] core, List<Doubt> doubts) throws IOException {
    Path file = Files.write(folder.resolve("xen.core"), core);
    Map<Long, Long> marks = new TreeMap<>();
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      assertThat(opened.facts().format()).isEqualTo("xen");
      doubts.addAll(opened.facts().doubts());
      new PageReader(opened.image())
          .readAll(
              2,
              (address, page) -> {
                assertThat(page.state()).isEqualTo(PageState.PRESENT);
                marks.put(
                    address >> 12, page.bytes().order(ByteOrder.LITTLE_ENDIAN).getLong(0) - MARK);
              });
    }
    return marks;
  }

  @ParameterizedTest
  @ValueSource(strings = {".xen_p2m", ".xen_pfn"})
  void pagesAreAtTheirFrames(String table) throws IOException {
    List<Doubt> doubts = new ArrayList<>();
    byte[] core = core(table, table.equals(".xen_pfn") ? 1 : 2, 0, 1, 2, 0x100, -1, 0x80, 0x81);
    assertThat(read(core, doubts))
        .containsExactly(
            Map.entry(0L, 0L),
            Map.entry(1L, 1L),
            Map.entry(2L, 2L),
            Map.entry(0x80L, 0x80L),
            Map.entry(0x81L, 0x81L),
            Map.entry(0x100L, 0x100L));
    assertThat(doubts).isEmpty();
  }

  @Test
  void theFirstOfTwoPagesOfAFrameIsUsed() throws IOException {
    List<Doubt> doubts = new ArrayList<>();
    assertThat(read(core(".xen_pfn", 1, 5, 6, 7, 6), doubts)).containsOnlyKeys(5L, 6L, 7L);
    assertThat(doubts).extracting(Doubt::getReason).containsExactly("overlapping-ranges");
  }

  @Test
  void impossibleFramesAreDoubted() throws IOException {
    List<Doubt> doubts = new ArrayList<>();
    assertThat(read(core(".xen_pfn", 1, 5, 1L << 60, 7), doubts)).containsOnlyKeys(5L, 7L);
    assertThat(doubts).extracting(Doubt::getReason).containsExactly("header-contradiction");
  }

  @Test
  void withoutATableItIsRefused() throws IOException {
    byte[] core = core(".xen_pfn", 1, 5, 6);
    byte[] name = ".xen_xxx".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, core, NAMES + "\0.shstrtab\0.note.Xen\0.xen_pages\0".length(), 8);
    Path file = Files.write(folder.resolve("xen.core"), core);
    assertThatThrownBy(() -> MemoryImages.open(List.of(file), OpenOptions.defaults()))
        .hasMessageMatching("(?s)PS-201 .*Xen core.*");
  }

  @Test
  void damageAndCutsAreSurvived() {
    byte[] core = core(".xen_p2m", 2, 0, 1, 0x100);
    HostileInput.survives(new ElfFormat(), core, 0x400);
    HostileInput.survivesCuts(new ElfFormat(), core, 0x400, 64);
  }
}
