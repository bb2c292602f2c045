package io.pagestream.schemas.temporary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's folder is taken over, even if another process is just deleting it. */
final class ProcessFolderTest {
  @TempDir private Path parent;

  /** The lock of a process that considers the folder abandoned, and ends. */
  @Test
  void waitsForAProcessThatHoldsTheLockForAMoment() throws Exception {
    Path made = Files.createDirectory(parent.resolve(ProcessFolder.PREFIX + "made"));
    Process holder = LockHolder.start(Files.createFile(made.resolve(LockedFolder.LOCK)), parent);
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            holder::destroyForcibly, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    try (LockedFolder taken = ProcessFolder.takeOver(made, Duration.ofMinutes(2))) {
      assertThat(end).isDone();
      assertThat(taken.path()).isEqualTo(made).isDirectory();
      assertThat(LockedFolder.isHeld(made)).isTrue();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void givesUpOnAFolderThatAnotherProcessKeeps() throws Exception {
    Path made = Files.createDirectory(parent.resolve(ProcessFolder.PREFIX + "kept"));
    Process holder = LockHolder.start(Files.createFile(made.resolve(LockedFolder.LOCK)), parent);
    try {
      assertThatThrownBy(() -> ProcessFolder.takeOver(made, Duration.ofMillis(50)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process uses " + made);
      assertThat(made.resolve(LockedFolder.LOCK)).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }
}
