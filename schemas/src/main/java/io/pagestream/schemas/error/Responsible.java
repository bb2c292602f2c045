package io.pagestream.schemas.error;

/** Who must act on an error; it also decides the exit code of the command. */
public enum Responsible {
  /** The command line or a setting is invalid; exit code 2. */
  USER(2),
  /** An input file is damaged, truncated, or of an unsupported kind; exit code 2. */
  INPUT(2),
  /** The machine or the cluster lacks something: disk, memory, broker; exit code 3. */
  RESOURCE(3),
  /** Pagestream has a bug; exit code 3. */
  INTERNAL(3);

  private final int exitCode;

  Responsible(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of the command when an error of this kind ends it. */
  public int exitCode() {
    return exitCode;
  }
}
