package io.pagestream.images.format.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of QEMU with unusual contents, and damaged ones. */
final class QemuFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  private static void with(Path file, Consumer<OpenedImage> check) {
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      check.accept(opened);
    }
  }

  private static Map<Long, PageState> states(OpenedImage opened) {
    Map<Long, PageState> states = new TreeMap<>();
    new PageReader(opened.image())
        .readAll(4, (address, page) -> states.put(address >> 12, page.state()));
    return states;
  }

  private Path changed(Consumer<ByteBuffer> change) throws IOException {
    byte[] stream = Files.readAllBytes(GOLDEN.resolve("qemu.stream"));
    change.accept(ByteBuffer.wrap(stream));
    return Files.write(folder.resolve("changed.stream"), stream);
  }

  private static String text(ByteBuffer stream) {
    byte[] bytes = new byte[stream.capacity()];
    stream.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int find(ByteBuffer stream, String text) {
    return text(stream).indexOf(text);
  }

  @Test
  void theProcessorsAreFacts() {
    with(
        GOLDEN.resolve("qemu.stream"),
        opened -> {
          assertThat(opened.facts().machine().processors())
              .containsExactly(
                  new ProcessorState(0, 0x80050033L, 0x1000, 0x750eb0),
                  new ProcessorState(1, 0x80050033L, 0x2000, 0x750ea0));
          assertThat(opened.facts().hints())
              .containsEntry("qemu.machine", "pc-i440fx-7.2")
              .containsEntry("machine", "x86_64");
          assertThat(opened.facts().doubts()).isEmpty();
          assertThat(opened.facts().warnings()).singleElement().asString().contains("vga.vram");
        });
  }

  @Test
  void theNewestSnapshotWithMemoryIsRead() {
    with(
        GOLDEN.resolve("qemu-savevm.qcow2"),
        opened -> {
          assertThat(opened.facts().wrapping()).containsExactly("qcow2");
          assertThat(opened.facts().hints()).containsEntry("snapshot", "running");
        });
  }

  @Test
  void libvirtsHeaderIsAContainer() {
    with(
        GOLDEN.resolve("qemu-libvirt-gzip.save"),
        opened -> assertThat(opened.facts().wrapping()).containsExactly("libvirt", "gzip"));
  }

  @Test
  void anIncompleteSaveFileIsDoubted() throws IOException {
    byte[] save = Files.readAllBytes(GOLDEN.resolve("qemu-libvirt.save"));
    System.arraycopy("Part".getBytes(StandardCharsets.US_ASCII), 0, save, 12, 4);
    with(
        Files.write(folder.resolve("partial.save"), save),
        opened ->
            assertThat(opened.facts().doubts())
                .extracting(Doubt::getReason)
                .containsExactly("truncated"));
  }

  @Test
  void aSaveFileWithoutAStreamIsNotTakenForRawMemory() throws IOException {
    byte[] save = Files.readAllBytes(GOLDEN.resolve("qemu-libvirt.save"));
    int stream = find(ByteBuffer.wrap(save), "QEVM");
    save[stream] ^= 1;
    Path file = Files.write(folder.resolve("other.save"), save);
    assertThatThrownBy(() -> with(file, opened -> {}))
        .hasMessageMatching("(?s)PS-201 .*libvirt save file without.*dump --memory-only.*");
  }

  @Test
  void aDamagedRecordCostsOnlyItself() throws IOException {
    Path damaged = changed(stream -> stream.putLong(secondRecord(stream), 0x1234_5678_9abc_def0L));
    with(
        damaged,
        opened -> {
          Map<Long, PageState> states = states(opened);
          assertThat(states.get(1L)).isEqualTo(PageState.UNREADABLE);
          assertThat(states.values().stream().filter(PageState.PRESENT::equals)).hasSize(7);
          assertThat(opened.facts().doubts())
              .extracting(Doubt::getReason)
              .containsExactlyInAnyOrder("skipped-header", "unreadable");
        });
  }

  /** The record of page 1: the second with the flags of a stored page. */
  private static int secondRecord(ByteBuffer stream) {
    int first = find(stream, "pc.ram\0\0\0\0\0\0PG");
    return first + "pc.ram".length() + 4096;
  }

  @Test
  void pagesAsDifferencesAreRefusedWithTheReason() throws IOException {
    Path file = changed(stream -> stream.putLong(secondRecord(stream), 0x1060));
    assertThatThrownBy(() -> with(file, opened -> {}))
        .hasMessageMatching("(?s)PS-201 .*xbzrle.*differences.*dump-guest-memory.*");
  }

  @Test
  void otherStreamsAreRefusedByName() throws IOException {
    assertThatThrownBy(() -> with(changed(stream -> stream.putInt(4, 2)), opened -> {}))
        .hasMessageMatching("(?s)PS-201 .*version 2.*");
    byte[] whole = Files.readAllBytes(GOLDEN.resolve("qemu.stream"));
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("pc-i440fx-7.2", "s390-ccw-virt")
            .replace("pc.ram", "s3.ram")
            .getBytes(StandardCharsets.ISO_8859_1);
    Path s390 = Files.write(folder.resolve("s390.stream"), other);
    assertThatThrownBy(() -> with(s390, opened -> {}))
        .hasMessageMatching("(?s)PS-201 .*memory map is not known.*");
    int records = text.indexOf("\002\0\0\0\002", 100);
    Path empty = folder.resolve("multifd.stream");
    Files.write(empty, Arrays.copyOf(whole, records));
    assertThatThrownBy(() -> with(empty, opened -> {}))
        .hasMessageMatching("(?s)PS-201 .*multifd.*");
  }

  @Test
  void memoryWithoutAnAddressIsDoubted() throws IOException {
    Path file =
        changed(stream -> {
          String text = text(stream);
          byte[] bytes =
              text.replace("0000:00:02.0/vga.vram", "/objects/memory-dimm1")
                  .getBytes(StandardCharsets.ISO_8859_1);
          stream.put(0, bytes);
        });
    with(
        file,
        opened ->
            assertThat(opened.facts().doubts())
                .singleElement()
                .extracting(Doubt::getMessage)
                .asString()
                .contains("memory-dimm1"));
  }
}
