package io.pagestream.cases.sort;

import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;

/** Converts a failure of the temporary files to an error with a remedy. */
public final class Scratch {
  private Scratch() {}

  /** An operation on temporary files. */
  @FunctionalInterface
  public interface Work {
    /** Runs the operation. */
    void run() throws IOException;
  }

  /** Runs an operation; a failure becomes a {@link SystemFailure#writing}. */
  public static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw SystemFailure.writing("the case folder", "its temporary files cannot be used", e);
    }
  }
}
