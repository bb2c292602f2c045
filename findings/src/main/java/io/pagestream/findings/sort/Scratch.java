package io.pagestream.findings.sort;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;

/** Turns a failure of the temporary files into an error that says what to do. */
final class Scratch {
  private Scratch() {}

  /** Something that reads or writes temporary files. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw PagestreamException.of(
              ErrorCode.DISK_FULL,
              "the temporary files of the findings cannot be used: " + e.getMessage(),
              "check the free space and the permissions of the case folder")
          .causedBy(e);
    }
  }
}
