package io.pagestream.images.format.aff4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.HostileInput;
import io.pagestream.images.MemoryImageContract;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** AFF4 keeps the contract of all formats, and reports what the acquisition could not read. */
final class Aff4ContractTest extends MemoryImageContract {
  Aff4ContractTest() {
    super("aff4-snappy.aff4 aff4-lz4.aff4 aff4-deflate.aff4 aff4-stored.aff4 aff4-winpmem.aff4");
  }

  @Test
  void damageAndCutsAreSurvived() throws IOException {
    byte[] content = Files.readAllBytes(golden("aff4-snappy.aff4"));
    HostileInput.survives(new Aff4Format(), content, content.length);
    HostileInput.survivesCuts(new Aff4Format(), content, 512, 2048);
  }

  private Map<Long, PageState> read(Path file, List<Doubt> doubts) {
    Map<Long, PageState> states = new TreeMap<>();
    try (OpenedImage opened = MemoryImages.open(List.of(file), options())) {
      new PageReader(opened.image())
          .readAll(3, (address, page) -> states.put(address >> 12, page.state()));
      doubts.addAll(opened.facts().doubts());
    }
    return states;
  }

  @Test
  void unreadableRangesAreDoubts() {
    List<Doubt> doubts = new ArrayList<>();
    assertThat(read(golden("aff4-snappy.aff4"), doubts)).containsEntry(7L, PageState.UNREADABLE);
    assertThat(doubts)
        .singleElement()
        .satisfies(doubt -> {
          assertThat(doubt.getReason()).isEqualTo("unreadable");
          assertThat(doubt.getPhysicalAddress()).isEqualTo(0x7000);
          assertThat(doubt.getPageCount()).isEqualTo(1);
        });
  }

  @Test
  void aSegmentWithAWrongChecksumIsDoubted() throws IOException {
    byte[] content = Files.readAllBytes(golden("aff4-stored.aff4"));
    String text = new String(content, StandardCharsets.ISO_8859_1);
    content[text.indexOf("\t\0\0\0\0\0PG") + 80] ^= 1;
    List<Doubt> doubts = new ArrayList<>();
    Map<Long, PageState> states =
        read(Files.write(folder.resolve("changed.aff4"), content), doubts);
    assertThat(states)
        .containsEntry(8L, PageState.DOUBTFUL)
        .containsEntry(9L, PageState.DOUBTFUL)
        .containsEntry(4L, PageState.PRESENT);
    assertThat(doubts).extracting(Doubt::getReason).contains("damaged-stream");
  }

  @Test
  void disksAndOtherVolumesAreRefused() throws IOException {
    String text =
        new String(Files.readAllBytes(golden("aff4-winpmem.aff4")), StandardCharsets.ISO_8859_1);
    Path renamed = folder.resolve("other.aff4");
    Files.write(
        renamed,
        text.replace("PhysicalMemory/data/0000", "PhysicalMemory/xxxx/0000")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> MemoryImages.open(List.of(renamed), options()))
        .hasMessageMatching("(?s)PS-205 .*PhysicalMemory/data.*");
  }
}
