package io.pagestream.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenseImageTest {
  private static final int PAGES = 10;

  @TempDir private Path folder;

  @Test
  void holdsEachPageInManyFormsAndNoZeroPage() throws IOException {
    Path natural = natural(folder);
    Path dense = folder.resolve("dense.raw");
    DenseImage.write(natural, dense, 25L * Pages.SIZE);

    byte[] written = Files.readAllBytes(dense);
    assertThat(written).hasSize(25 * Pages.SIZE);
    Set<Integer> different = new HashSet<>();
    for (int page = 0; page < 25; page++) {
      different.add(
          Arrays.hashCode(Arrays.copyOfRange(written, page * Pages.SIZE, (page + 1) * Pages.SIZE)));
    }
    assertThat(different).hasSize(25);
    assertThat(Input.of(dense).zeroPages()).isZero();
    assertThat(Input.of(natural).zeroPages()).isEqualTo(PAGES);
  }

  @Test
  void isTheSameEveryTime() throws IOException {
    Path natural = natural(folder);
    Path first = folder.resolve("first.raw");
    Path second = folder.resolve("second.raw");
    DenseImage.write(natural, first, 25L * Pages.SIZE);
    DenseImage.write(natural, second, 25L * Pages.SIZE);
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void cannotBeMadeOfNothing() throws IOException {
    Path empty = Files.write(folder.resolve("empty.raw"), new byte[Pages.SIZE]);
    assertThatThrownBy(() -> DenseImage.write(empty, folder.resolve("dense.raw"), Pages.SIZE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no page that is not zero");
  }

  /** Random pages, each with a zero page behind it. */
  static Path natural(Path folder) throws IOException {
    Random random = new Random(1);
    byte[] image = new byte[2 * PAGES * Pages.SIZE];
    byte[] page = new byte[Pages.SIZE];
    for (int i = 0; i < PAGES; i++) {
      random.nextBytes(page);
      System.arraycopy(page, 0, image, 2 * i * Pages.SIZE, page.length);
    }
    return Files.write(folder.resolve("natural.raw"), image);
  }
}
