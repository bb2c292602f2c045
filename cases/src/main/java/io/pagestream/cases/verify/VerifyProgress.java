package io.pagestream.cases.verify;

/** Gets what a verification is doing, which may take minutes. */
@FunctionalInterface
public interface VerifyProgress {
  /**
   * How far it is.
   *
   * @param step what is being checked
   * @param done bytes or rows that are done
   * @param all bytes or rows in all; 0 if unknown
   */
  void at(String step, long done, long all);
}
