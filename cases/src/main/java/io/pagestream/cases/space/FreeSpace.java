package io.pagestream.cases.space;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is free on the disk that holds a folder.
 *
 * @param store the disk
 * @param floor bytes that stay free
 */
public record FreeSpace(FileStore store, long floor) {
  /**
   * What stays free whatever is written: enough for the logs and the databases of others to go on
   * until the error has been read. Half of what is free if that is less.
   */
  private static final long FLOOR = 64L << 20;

  /**
   * The disk of a file that is being written.
   *
   * @throws IOException if its folder cannot be asked
   */
  public static FreeSpace around(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    FileStore store = Files.getFileStore(folder == null ? file.toAbsolutePath() : folder);
    return new FreeSpace(store, Math.min(FLOOR, store.getUsableSpace() / 2));
  }

  /** Whether less is free than is to stay so. */
  public boolean isShort() throws IOException {
    return store.getUsableSpace() < floor;
  }

  /** The error of a disk on which too little is free. */
  public IOException tooLittle() {
    return new IOException("less than %d MiB is free".formatted(Math.max(1, floor >> 20)));
  }
}
