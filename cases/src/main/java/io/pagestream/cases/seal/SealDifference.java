package io.pagestream.cases.seal;

/**
 * A difference between a case and its seal.
 *
 * @param file the file's name in the case folder; empty if it concerns the folder
 * @param line the line, from 1; 0 if it concerns no line
 * @param what the problem, as the rest of a sentence that begins with the file
 */
public record SealDifference(String file, long line, String what) {
  /** A difference that concerns the whole file. */
  public static SealDifference of(String file, String what) {
    return new SealDifference(file, 0, what);
  }

  @Override
  public String toString() {
    String place = line > 0 ? " line " + line + ":" : "";
    return (file.isEmpty() ? "the case" : file) + place + " " + what;
  }
}
