package io.pagestream.schemas.topic;

/**
 * Names of a dead letter's headers; its key and value are those of the original record. All are
 * UTF-8 text.
 */
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

  /** The origin of the record: {@code topic/partition/offset}. */
  public static final String SOURCE = "pagestream.source";

  /** Analyzer that failed; otherwise absent. */
  public static final String ANALYZER = "pagestream.analyzer";

  /** Image of the record, if it is known; otherwise absent. */
  public static final String IMAGE = "pagestream.image";

  /** Index of the run, if the record is one; otherwise absent. */
  public static final String RUN = "pagestream.run";

  /** Physical address of the run's first page in bytes, hexadecimal, if it is known. */
  public static final String ADDRESS = "pagestream.address";

  /** Pages of the run, if the number is known. */
  public static final String PAGES = "pagestream.pages";

  /** Length of the original value in bytes, if it is too large for the dead letter. */
  public static final String TRUNCATED = "pagestream.truncated";

  /** The reason of an image, or a run of one, whose job a stage cannot carry out. */
  public static final String REFUSED = "job-refused";

  private DeadLetters() {}
}
