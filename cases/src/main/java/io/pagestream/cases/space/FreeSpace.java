package io.pagestream.cases.space;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The free space of the disk that contains a folder.
 *
 * @param store the disk
 * @param floor bytes that stay free
 */
public record FreeSpace(FileStore store, long floor) {
  /**
   * The space that is kept free: enough for the logs and databases of other programs until the user
   * has read the error. Half of the free space if that is less.
   */
  private static final long FLOOR = 64L << 20;

  /**
   * The disk of a file that is being written.
   *
   * @throws IOException if the free space cannot be determined
   */
  public static FreeSpace around(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    FileStore store = Files.getFileStore(folder == null ? file.toAbsolutePath() : folder);
    return new FreeSpace(store, Math.min(FLOOR, store.getUsableSpace() / 2));
  }

  /** Whether the free space is below the floor. */
  public boolean isShort() throws IOException {
    return store.getUsableSpace() < floor;
  }

  /** The error for a disk with too little free space. */
  public IOException tooLittle() {
    return new IOException("less than %d MiB is free".formatted(Math.max(1, floor >> 20)));
  }
}
