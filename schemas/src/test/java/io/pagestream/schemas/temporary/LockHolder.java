package io.pagestream.schemas.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another process that holds a lock on a file until it is killed, as another one of ours does. */
public final class LockHolder {
  private static final String PROGRAM =
      """
      void main(String... files) throws Exception {
        var channel = java.nio.channels.FileChannel.open(
            java.nio.file.Path.of(files[0]), java.nio.file.StandardOpenOption.WRITE);
        var lock = channel.lock();
        System.out.println("held");
        System.in.read();
      }
      """;

  private LockHolder() {}

  /**
   * Starts a process, and returns when it holds the lock.
   *
   * @param folder where its program is written to
   */
  public static Process start(Path lock, Path folder) throws IOException {
    Path program = Files.writeString(folder.resolve("Hold.java"), PROGRAM);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                lock.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('h');
    return process;
  }
}
