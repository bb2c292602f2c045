package io.pagestream.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.container.UnwrapProgress;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job ends before it exceeds its budget, while there is space to write its findings. */
class DiskBudgetTest {
  private static final long GIB = 1L << 30;
  private static final int BUDGET = 1_000_000;

  @TempDir Path folder;
  private Path scratch;
  private final AtomicLong usable = new AtomicLong(100 * GIB);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private DiskBudget budget;

  @BeforeEach
  void makeFolders() throws IOException {
    scratch = Files.createDirectory(folder.resolve(".scratch"));
    Files.createDirectory(scratch.resolve("broker"));
    budget = new DiskBudget(folder, scratch, BUDGET, GIB, usable::get, nanos::get);
  }

  @Test
  void theDefaultLeavesATwentiethFreeButAtLeastOneGibibyteAndAtMostAQuarter() {
    assertThat(DiskBudget.defaultBytes(1000 * GIB)).isEqualTo(950 * GIB);
    assertThat(DiskBudget.defaultBytes(10 * GIB)).isEqualTo(9 * GIB);
    assertThat(DiskBudget.defaultBytes(2 * GIB)).isEqualTo(2 * GIB - GIB / 2);
    assertThat(DiskBudget.defaultBytes(0)).isZero();
  }

  @Test
  void aJobWithinItsBudgetGoesOn() throws IOException {
    write(scratch.resolve("broker/00000.log"), BUDGET / 2);
    assertThat(budget.check()).isEmpty();
    budget.requireRoom();
  }

  @Test
  void theErrorSaysWhatTookTheSpaceAndWhatToDo() throws IOException {
    write(scratch.resolve("broker/00000.log"), BUDGET);
    write(folder.resolve("findings.jsonl"), 10);
    assertThat(budget.check())
        .hasValueSatisfying(error -> {
          assertThat(error.code()).isEqualTo(ErrorCode.DISK_FULL);
          assertThat(error)
              .hasMessageContainingAll("broker records 9", "case files", "--disk-budget");
          assertThat(budget.isReachedBy(error)).isTrue();
        });
    assertThatThrownBy(budget::requireRoom).isInstanceOf(PagestreamException.class);
  }

  @Test
  void roomToWriteWhatWasFoundIsKept() throws IOException {
    // 0.45 now, and 1.5 times that when it is written: more than the budget.
    write(scratch.resolve("findings-0"), (int) (BUDGET * 0.45));
    assertThat(budget.check()).isPresent();
  }

  @Test
  void decompressedImagesCountAlthoughNoFolderShowsThem() {
    budget.decompressing().stored(BUDGET + 1);
    assertThat(budget.check())
        .hasValueSatisfying(error -> assertThat(error).hasMessageContaining("decompressed images"));
    assertThatThrownBy(() -> budget.decompressing().unwrapped("a.zst", 1, 2, 3))
        .isInstanceOf(PagestreamException.class);
  }

  @Test
  void aClosedImageGivesItsSpaceBack() {
    UnwrapProgress image = budget.decompressing();
    image.stored(BUDGET + 1);
    budget.imageClosed(image);
    assertThat(budget.check()).isEmpty();
  }

  @Test
  void whatOthersTakeOfTheDiskCountsToo() {
    usable.set(GIB - 1);
    assertThat(budget.check())
        .hasValueSatisfying(error -> assertThat(error).hasMessageContaining("the end of the disk"));
  }

  @Test
  void itMeasuresTwiceASecondAndStaysReached() throws IOException {
    assertThat(budget.check()).isEmpty();
    write(scratch.resolve("broker/00000.log"), BUDGET + 1);
    nanos.addAndGet(Duration.ofMillis(499).toNanos());
    assertThat(budget.check()).as("measured a moment ago").isEmpty();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(budget.check()).isPresent();
    Files.delete(scratch.resolve("broker/00000.log"));
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(budget.check()).as("a job that ends does not go on").isPresent();
  }

  @Test
  void kafkasSparseIndexesDoNotCount() throws IOException {
    write(scratch.resolve("broker/00000.index"), BUDGET + 1);
    write(scratch.resolve("broker/00000.timeindex"), BUDGET + 1);
    assertThat(budget.check()).isEmpty();
  }

  private static void write(Path file, int size) throws IOException {
    Files.write(file, new byte[size]);
  }
}
