package io.pagestream.schemas.topic;

/** Names of a dead letter's headers; its key and value are the original's. All are UTF-8 text. */
public final class DeadLetters {
  /**
   * Stage that could not process the record: {@code producer}, {@code mapper}, {@code analyzers}.
   */
  public static final String STAGE = "pagestream.stage";

  /** Numbered error code, for example {@code PS-210}. */
  public static final String ERROR_CODE = "pagestream.error.code";

  /** A kebab-case word for the problem, for example {@code time-out}. */
  public static final String REASON = "pagestream.error.reason";

  /** The problem, one line. */
  public static final String ERROR_MESSAGE = "pagestream.error.message";

  /** Where the record came from: {@code topic/partition/offset}. */
  public static final String SOURCE = "pagestream.source";

  /** Analyzer that failed, where it was one; otherwise absent. */
  public static final String ANALYZER = "pagestream.analyzer";

  /** Image that the record belongs to, where that is known; otherwise absent. */
  public static final String IMAGE = "pagestream.image";

  /** Index of the run, where the record is one; otherwise absent. */
  public static final String RUN = "pagestream.run";

  /** Physical address of the run's first page in bytes, hexadecimal, where it is known. */
  public static final String ADDRESS = "pagestream.address";

  /** Pages of the run, where they are known. */
  public static final String PAGES = "pagestream.pages";

  /** Length of the original value in bytes, where the dead letter could not hold all of it. */
  public static final String TRUNCATED = "pagestream.truncated";

  private DeadLetters() {}
}
