package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties that do and do not distinguish images. */
class ImageIdentityTest {
  private static final int SIZE = 8 << 20;

  @TempDir Path folder;

  @Test
  void oneByteAnywhereMakesAnotherImage() throws Exception {
    byte[] bytes = new byte[SIZE];
    String before = id(bytes);
    long seed = System.nanoTime();
    System.out.println("oneByteAnywhereMakesAnotherImage, seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      byte[] other = bytes.clone();
      other[random.nextInt(SIZE)] = 1;
      assertThat(id(other)).isNotEqualTo(before);
    }
  }

  @Test
  void pathAndTimesDoNotMatter() throws Exception {
    byte[] bytes = {1, 2, 3, 4};
    Path first = write(folder.resolve("a/memory.raw"), bytes);
    Path second = write(folder.resolve("b/memory.raw"), bytes);
    Files.setLastModifiedTime(second, FileTime.fromMillis(0));
    assertThat(id(first)).isEqualTo(id(second));
  }

  @Test
  void theNameDoesNotMatter() throws Exception {
    byte[] bytes = {1, 2, 3, 4};
    assertThat(id(write(folder.resolve("a/one.raw"), bytes)))
        .isEqualTo(id(write(folder.resolve("b/two.lime"), bytes)));
  }

  @Test
  void theOrderTheNumberAndTheSizeOfTheFilesMatter() {
    FileContent one = new FileContent(4096, "ab".repeat(32), List.of());
    FileContent two = new FileContent(4096, "cd".repeat(32), List.of());
    FileContent longer = new FileContent(4097, "ab".repeat(32), List.of());
    assertThat(
            List.of(
                List.of(one),
                List.of(two),
                List.of(longer),
                List.of(one, one),
                List.of(one, two),
                List.of(two, one)))
        .extracting(files -> ImageIdentity.of(files))
        .doesNotHaveDuplicates();
  }

  @Test
  void theUnreadableRangesOfAFileMatterOneByOne() {
    FileContent two =
        new FileContent(
            4096, "ab".repeat(32), List.of(new ByteRange(0L, 1L), new ByteRange(2L, 1L)));
    FileContent one = new FileContent(4096, "ab".repeat(32), List.of(new ByteRange(0L, 1L)));
    FileContent moved = new FileContent(4096, "ab".repeat(32), List.of(new ByteRange(1L, 1L)));
    assertThat(List.of(two, one, moved))
        .extracting(content -> ImageIdentity.of(List.of(content)))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatCannotBeReadIsNotTheSameAsZeros() {
    FileContent zeros = new FileContent(4096, "ab".repeat(32), List.of());
    FileContent unread = new FileContent(4096, "ab".repeat(32), List.of(new ByteRange(512L, 512L)));
    FileContent other = new FileContent(4096, "ab".repeat(32), List.of(new ByteRange(512L, 1024L)));
    assertThat(List.of(zeros, unread, other))
        .extracting(content -> ImageIdentity.of(List.of(content)))
        .doesNotHaveDuplicates();
  }

  @Test
  void anIdIsThirtyTwoHexDigitsAndStaysWhatItIs() {
    FileContent content = new FileContent(4, "ab".repeat(32), List.of(new ByteRange(0L, 4L)));
    assertThat(ImageIdentity.of(List.of(content, content)))
        .isEqualTo("b38c0acdab139c89629b5ba8309dad02");
  }

  private String id(byte[] bytes) throws Exception {
    return id(write(folder.resolve("memory.raw"), bytes));
  }

  private static String id(Path file) throws Exception {
    return ImageIdentity.of(List.of(FileHashing.hash(file, done -> {})));
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
