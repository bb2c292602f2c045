package io.pagestream.cases.terminal;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output as a stream that reports failures, unlike {@code System.out}: {@link ClosedPipe}
 * if the reader has closed it, otherwise PS-324 or PS-301. If it is a terminal, the only control
 * characters that pass are line breaks and tabs.
 */
public final class StandardOutput extends OutputStream {
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

  private final OutputStream out;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** The stream of this process; not buffered. */
  public static OutputStream stream() {
    OutputStream checked = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    return TerminalStyle.isTerminal(DESCRIPTOR) ? new TerminalFilter(checked) : checked;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The descriptor stays open: it belongs to the process. */
  @Override
  public void close() {
    flush();
  }

  private static RuntimeException failure(IOException cause) {
    SystemFailure reason = SystemFailure.of(cause);
    boolean full = reason == SystemFailure.DISK_FULL || reason == SystemFailure.QUOTA_EXCEEDED;
    if (reason == SystemFailure.CLOSED_PIPE || (!full && isPipe())) {
      return new ClosedPipe(cause);
    }
    return PagestreamException.inFile(
            full ? ErrorCode.DISK_FULL : ErrorCode.OUTPUT_NOT_WRITABLE,
            "standard output",
            "cannot be written: " + reason.what(cause),
            reason.next("check where it is redirected to"))
        .causedBy(cause);
  }

  /**
   * The system's message for a closed pipe depends on the locale; the type of a descriptor does
   * not.
   */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no /proc here
    }
  }
}
