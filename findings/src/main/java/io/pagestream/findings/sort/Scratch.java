package io.pagestream.findings.sort;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;

/** Turns a failure of the temporary files into an error that says what to do. */
public final class Scratch {
  private Scratch() {}

  /** Something that reads or writes temporary files. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /** Runs it; a failure is a {@link PagestreamException} with {@link ErrorCode#DISK_FULL}. */
  public static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw PagestreamException.of(
              ErrorCode.DISK_FULL,
              "the temporary files of the case cannot be used: " + e.getMessage(),
              "check the free space and the permissions of the case folder")
          .causedBy(e);
    }
  }
}
