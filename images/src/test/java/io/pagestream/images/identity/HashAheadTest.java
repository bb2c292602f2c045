package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are hashed before they are requested, but at most one ahead. */
class HashAheadTest {
  @TempDir Path folder;

  @Test
  void theFirstImageIsHashedAtOnceAndEachOtherOneAhead() throws Exception {
    Path a = write("a", 1);
    Path b = write("b", 2);
    Path c = write("c", 3);
    CountDownLatch begunA = new CountDownLatch(1);
    CountDownLatch begunB = new CountDownLatch(1);
    CountDownLatch begunC = new CountDownLatch(1);
    try (HashAhead ahead =
        new HashAhead(
            List.of(List.of(a), List.of(b), List.of(c)),
            file -> {
              (file.equals(a) ? begunA : file.equals(b) ? begunB : begunC).countDown();
              return false;
            })) {
      begunA.await(); // before it is requested
      assertThat(begunB.getCount()).as("b is not wanted yet").isOne();
      assertThat(size(ahead.of(0, progress -> {}))).isEqualTo(1);
      begunB.await();
      assertThat(begunC.getCount()).as("two images ahead").isOne();
      assertThat(size(ahead.of(2, progress -> {}))).isEqualTo(3);
    }
  }

  private static long size(List<InputFile> files) {
    return files.getFirst().content().orElseThrow().sizeBytes();
  }

  @Test
  void whatIsHashedElsewhereIsLeftAlone() throws Exception {
    Path file = write("a.zst", 9);
    try (HashAhead ahead = new HashAhead(List.of(List.of(file)), any -> true)) {
      InputFile hashed = ahead.of(0, progress -> {}).getFirst();
      assertThat(hashed.content()).isEmpty();
      assertThat(hashed.stamp()).isEqualTo(FileStamp.of(file));
    }
  }

  @Test
  void aFileThatCannotBeReadFailsItsImageAndNoOther() throws Exception {
    List<List<Path>> images =
        List.of(List.of(folder.resolve("missing.raw")), List.of(write("b", 2)));
    try (HashAhead ahead = new HashAhead(images, any -> false)) {
      assertThatThrownBy(() -> ahead.of(0, progress -> {}))
          .isInstanceOfSatisfying(
              PagestreamException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_READABLE));
      assertThat(ahead.of(1, progress -> {})).hasSize(1);
    }
  }

  /**
   * The first image is larger than the lead; it is never searched, as if it could not be opened.
   */
  @Test
  void anImageThatIsNotSearchedHoldsUpNoOther() throws Exception {
    Path large = folder.resolve("large.raw");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((256L << 20) + (1 << 20));
    }
    try (HashAhead ahead =
        new HashAhead(List.of(List.of(large), List.of(write("b", 2))), any -> false)) {
      ahead.reading(0).searchEnded();
      assertThat(ahead.of(1, progress -> {})).hasSize(1);
      assertThat(size(ahead.of(0, progress -> {}))).isEqualTo(Files.size(large));
    }
  }

  private Path write(String name, int size) throws IOException {
    return Files.write(folder.resolve(name), new byte[size]);
  }
}
