package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagestream.system.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine without a resource that every job needs: the error names it and a remedy, and is
 * neither a defect of Pagestream (PS-999) nor "done, with doubts".
 */
final class ScarceMachineIT {
  /** A user that owns nothing; the superuser's processes are not limited. */
  private static final String OTHER_USER = "64321";

  @TempDir Path folder;
  private String analyze;

  @BeforeEach
  void writeAnImage() throws Exception {
    Path image = Files.write(folder.resolve("memory.raw"), new byte[1 << 20]);
    analyze =
        "'%s' analyze --quiet --out '%s' '%s'"
            .formatted(Repository.LAUNCHER, folder.resolve("case"), image);
  }

  @Test
  void fewOpenFiles() throws Exception {
    Ended ended = Program.shell(folder, "ulimit -n 64; exec " + analyze);
    assertEndsWith(ended, "PS-321", "ulimit -n");
  }

  @Test
  void littleAddressSpace() throws Exception {
    Ended ended = Program.shell(folder, "ulimit -v 600000; exec " + analyze);
    assertEndsWith(ended, "PS-323", "ulimit -v");
  }

  @Test
  void fewProcesses() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs another user to limit");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    String other = "setpriv --reuid=%1$s --regid=%1$s --clear-groups ".formatted(OTHER_USER);
    assumeTrue(
        Program.shell(folder, other + "test -x '" + Repository.LAUNCHER + "'").exitCode() == 0,
        "the repository is closed to other users");
    for (int processes : List.of(8, 16, 24, 40)) {
      Ended ended =
          Program.shell(
              folder, other + "bash -c \"ulimit -u %d; exec %s\"".formatted(processes, analyze));
      assertEndsWith(ended, "PS-322", "ulimit -u");
    }
  }

  /** Native libraries are unpacked to this folder and cannot be loaded. */
  @Test
  void aFolderForTemporaryFilesWithoutPrograms() throws Exception {
    assertEndsWith(inTemporaryFileSystem("noexec"), "PS-320", "TMPDIR");
  }

  @Test
  void aReadOnlyFolderForTemporaryFiles() throws Exception {
    assertEndsWith(inTemporaryFileSystem("ro"), "PS-320", "TMPDIR");
  }

  @Test
  void aFullFolderForTemporaryFiles() throws Exception {
    assertEndsWith(inTemporaryFileSystem("size=64k"), "PS-320", "TMPDIR");
  }

  private Ended inTemporaryFileSystem(String options) throws Exception {
    assumeTrue(
        Program.shell(folder, "unshare --user --map-root-user --mount true").exitCode() == 0,
        "no file systems can be mounted here");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    return Program.shell(
        folder,
        "exec unshare --user --map-root-user --mount bash -c \"mount -t tmpfs -o %s none '%s' && TMPDIR='%s' exec %s\""
            .formatted(options, temporary, temporary, analyze));
  }

  private static void assertEndsWith(Ended ended, String code, String remedy) {
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(3);
    assertThat(String.join("\n", ended.err()))
        .contains(code)
        .contains(remedy)
        .doesNotContain("PS-999")
        .doesNotContain("Exception");
  }
}
