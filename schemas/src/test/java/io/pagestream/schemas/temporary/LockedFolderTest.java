package io.pagestream.schemas.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockedFolderTest {
  private static final String PREFIX = "run-";

  @TempDir Path parent;

  @Test
  void isPrivateAndGoesWithAllThatIsInIt() throws IOException {
    LockedFolder folder = LockedFolder.create(parent, PREFIX);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    Path outside = Files.writeString(parent.resolve("outside"), "stays");
    Files.createSymbolicLink(folder.path().resolve("link"), outside);
    Files.createDirectories(folder.path().resolve("a/b/c"));
    folder.close();
    assertThat(folder.path()).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  void deletesWhatADeadProcessLeftAndNothingOfALivingOne() throws Exception {
    Path dead = left("dead");
    Path living = left("living");
    Path beingMade = Files.createDirectory(parent.resolve(PREFIX + "new"));
    Path neverLocked = Files.createDirectory(parent.resolve(PREFIX + "old"));
    Files.setLastModifiedTime(neverLocked, FileTime.from(Instant.EPOCH));
    Path another = Files.createDirectory(parent.resolve("another-program"));
    Path target = Files.createDirectory(parent.resolve("target"));
    Path link = Files.createSymbolicLink(parent.resolve(PREFIX + "link"), target);
    Process holder = LockHolder.start(living.resolve(LockedFolder.LOCK), parent);
    try (LockedFolder own = LockedFolder.create(parent, PREFIX)) {
      LockedFolder.deleteAbandoned(parent, PREFIX);
      assertThat(dead).doesNotExist();
      assertThat(neverLocked).doesNotExist();
      assertThat(living.resolve("evidence")).exists();
      assertThat(own.path()).exists();
      assertThat(beingMade).exists();
      assertThat(another).exists();
      assertThat(link).exists();
      assertThat(LockedFolder.isHeld(living)).isTrue();
      assertThat(LockedFolder.take(living)).isEmpty();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    LockedFolder.deleteAbandoned(parent, PREFIX);
    assertThat(living).as("its process was killed").doesNotExist();
  }

  @Test
  void takesOverWhatADeadProcessLeftAndEmptiesIt() throws IOException {
    Path dead = left("dead");
    LockedFolder taken = LockedFolder.take(dead).orElseThrow();
    assertThat(dead.resolve("evidence")).doesNotExist();
    assertThat(LockedFolder.take(dead)).as("it is held now").isEmpty();
    taken.close();
    assertThat(LockedFolder.isHeld(dead)).isFalse();
  }

  private Path left(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(PREFIX + name));
    Files.createFile(folder.resolve(LockedFolder.LOCK));
    Files.writeString(folder.resolve("evidence"), "somebody's memory");
    return folder;
  }
}
