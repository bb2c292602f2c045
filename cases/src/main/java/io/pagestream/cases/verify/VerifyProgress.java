package io.pagestream.cases.verify;

/** Receives the progress of a verification, which may take minutes. */
@FunctionalInterface
public interface VerifyProgress {
  /**
   * Reports progress.
   *
   * @param step what is being checked
   * @param done number of bytes or rows done
   * @param all total number of bytes or rows; 0 if unknown
   */
  void at(String step, long done, long all);
}
