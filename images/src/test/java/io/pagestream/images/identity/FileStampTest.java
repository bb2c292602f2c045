package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every change of a file changes its stamp. */
class FileStampTest {
  @TempDir Path folder;
  private Path file;
  private FileStamp stamp;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.write(folder.resolve("memory.raw"), new byte[4096]);
    stamp = FileStamp.of(file);
  }

  @Test
  void aFileThatNobodyTouchesStaysAsItIs() throws IOException {
    Files.readAllBytes(file);
    assertThat(stamp.changeOf(file)).isEmpty();
  }

  @Test
  void growingIsSaid() throws IOException {
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    assertThat(stamp.changeOf(file))
        .hasValueSatisfying(what -> assertThat(what).contains("grew from 4096 to 4097 bytes"));
  }

  @Test
  void aWriteIsSaidEvenIfItsTimeIsTurnedBack() throws IOException {
    FileTime before = Files.getLastModifiedTime(file);
    Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
    Files.setLastModifiedTime(file, before);
    assertThat(stamp.changeOf(file)).as("the kernel's change time").isPresent();
  }

  @Test
  void anotherFileInItsPlaceIsSaid() throws IOException {
    Path other = Files.write(folder.resolve("other"), new byte[4096]);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(stamp.changeOf(file))
        .hasValueSatisfying(what -> assertThat(what).contains("replaced by another file"));
  }

  @Test
  void aFileThatIsGoneIsSaid() throws IOException {
    Files.delete(file);
    assertThat(stamp.changeOf(file))
        .hasValueSatisfying(what -> assertThat(what).contains("no longer"));
  }
}
