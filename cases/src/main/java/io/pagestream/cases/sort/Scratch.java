package io.pagestream.cases.sort;

import io.pagestream.schemas.error.SystemFailure;
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

  /** Runs it; a failure is a {@link SystemFailure#writing}. */
  public static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw SystemFailure.writing("the case folder", "its temporary files cannot be used", e);
    }
  }
}
