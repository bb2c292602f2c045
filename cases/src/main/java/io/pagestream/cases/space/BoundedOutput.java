package io.pagestream.cases.space;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes a file while the disk has free space. The free space is checked every {@link #CHECK_EVERY}
 * bytes, so that the check costs nothing for small files and no file fills the disk.
 */
public final class BoundedOutput extends FilterOutputStream {
  private static final long CHECK_EVERY = 8L << 20;

  private final FreeSpace space;
  private long unchecked;

  private BoundedOutput(OutputStream out, FreeSpace space) {
    super(out);
    this.space = space;
  }

  /**
   * Bounds the output to a file.
   *
   * @throws IOException if the free space of its disk cannot be determined
   */
  public static OutputStream to(Path file, OutputStream out) throws IOException {
    return new BoundedOutput(out, FreeSpace.around(file));
  }

  @Override
  public void write(int b) throws IOException {
    check(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check(length);
    out.write(bytes, offset, length);
  }

  private void check(int length) throws IOException {
    unchecked += length;
    if (unchecked >= CHECK_EVERY) {
      unchecked = 0;
      if (space.isShort()) {
        throw space.tooLittle();
      }
    }
  }
}
