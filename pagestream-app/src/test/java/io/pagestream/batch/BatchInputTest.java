package io.pagestream.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.OpenOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchInputTest {
  private static final int KIB = 1024;

  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeImages() throws IOException {
    first = image("host1/mem.raw", 128 * KIB);
    second = image("host2/deep/mem.raw", 128 * KIB);
  }

  @Test
  void aFolderIsSearchedAndWhatIsNoImageIsNamed() throws Exception {
    Path text = write("host1/notes.txt", "hello".repeat(50_000).getBytes(StandardCharsets.UTF_8));
    Path empty = write("empty.raw", new byte[0]);
    Path small = image("small.bin", 60 * KIB);
    Path odd = image("odd.bin", 100 * KIB + 1);
    Path truncated = image("truncated.raw", 1024 * KIB + 1);
    BatchInput.Found found = BatchInput.find(List.of(folder), Set.of(), OpenOptions.defaults());
    assertThat(found.images()).containsExactly(List.of(first), List.of(second), List.of(truncated));
    assertThat(found.skipped()).hasSize(4);
    for (Path skipped : List.of(text, empty, small, odd)) {
      assertThat(found.skipped()).anyMatch(what -> what.startsWith(skipped.toString()));
    }
  }

  @Test
  void aFileThatIsNamedIsAlwaysAnImage() throws Exception {
    Path text = write("notes.txt", "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(BatchInput.find(List.of(text, first), Set.of(), OpenOptions.defaults()).images())
        .containsExactly(List.of(text), List.of(first));
  }

  @Test
  void aPatternThatTheShellHasLeftIsExpanded() {
    assertThat(find("*/mem.raw")).containsExactly(List.of(first));
    assertThat(find("**/mem.raw")).containsExactly(List.of(first), List.of(second));
    assertThat(find("host{1,3}")).containsExactly(List.of(first));
  }

  @Test
  void aMissingFileIsAnImageOfABatchButAnErrorIfThereIsNoOther() {
    Path missing = folder.resolve("missing.raw");
    assertThat(BatchInput.find(List.of(first, missing), Set.of(), OpenOptions.defaults()).images())
        .containsExactly(List.of(first), List.of(missing));
    assertThatThrownBy(() -> BatchInput.find(List.of(missing), Set.of(), OpenOptions.defaults()))
        .hasMessageContaining("PS-101");
    assertThatThrownBy(() -> find("nothing*.raw")).hasMessageContaining("PS-101");
  }

  @Test
  void casesAndTheOutputAreNotSearched() throws Exception {
    write("old-case/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
    write("old-case/findings.jsonl", new byte[0]);
    image("old-case/.unfinished/x", 128 * KIB);
    image("out/.scratch/log", 128 * KIB);
    BatchInput.Found found =
        BatchInput.find(
            List.of(folder),
            Set.of(folder.resolve("out").toAbsolutePath()),
            OpenOptions.defaults());
    assertThat(found.images()).containsExactly(List.of(first), List.of(second));
    assertThat(found.skipped()).containsExactly(folder.resolve("old-case") + " is a case folder");
  }

  @Test
  void theStateOfAMachineBelongsToItsMemory() throws Exception {
    Path memory = image("vm/web.vmem", 128 * KIB);
    byte[] state = new byte[128 * KIB];
    state[0] = (byte) 0xd2;
    state[1] = (byte) 0xbe;
    state[2] = (byte) 0xd2;
    state[3] = (byte) 0xbe;
    Path suspended = write("vm/web.vmss", state);
    BatchInput.Found found =
        BatchInput.find(List.of(folder.resolve("vm")), Set.of(), OpenOptions.defaults());
    assertThat(found.images()).containsExactly(List.of(memory, suspended));
    assertThat(found.skipped()).isEmpty();
    Files.delete(memory);
    assertThat(
            BatchInput.find(List.of(folder.resolve("vm")), Set.of(), OpenOptions.defaults())
                .images())
        .as("its memory is missing: the error is listed, not the file skipped")
        .containsExactly(List.of(suspended));
  }

  @Test
  void aListHasOnePathALineOrNulBytesBetweenThem() throws Exception {
    assertThat(list("a.raw\r\n\n b\n#c\n"))
        .containsExactly(Path.of("a.raw"), Path.of(" b"), Path.of("#c"));
    assertThat(list("a\nb\0c\0")).containsExactly(Path.of("a\nb"), Path.of("c"));
  }

  private static List<Path> list(String text) throws IOException {
    return FileList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "a list");
  }

  private List<List<Path>> find(String pattern) {
    return BatchInput.find(List.of(folder.resolve(pattern)), Set.of(), OpenOptions.defaults())
        .images();
  }

  private Path image(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    bytes[0] = 0; // no magic number
    return write(name, bytes);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
