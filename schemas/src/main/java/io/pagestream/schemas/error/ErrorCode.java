package io.pagestream.schemas.error;

/**
 * The numbered errors. A number keeps its meaning once it is released: 1xx errors of the user, 2xx
 * of the input, 3xx of the machine or cluster, 9xx of Pagestream itself.
 */
public enum ErrorCode {
  USAGE(100, Responsible.USER),
  FILE_NOT_FOUND(101, Responsible.USER),
  FILE_NOT_READABLE(102, Responsible.USER),
  OUTPUT_EXISTS(103, Responsible.USER),
  SIDE_FILE_INVALID(104, Responsible.USER),
  DUPLICATE_IMAGE(105, Responsible.USER),
  IMAGE_OPEN_OTHERWISE(106, Responsible.USER),
  NAME_NOT_REPRESENTABLE(110, Responsible.USER),
  KEY_UNUSABLE(120, Responsible.USER),
  JOB_REFUSED(130, Responsible.USER),
  ACCESS_DENIED(131, Responsible.USER),
  FORMAT_UNKNOWN(200, Responsible.INPUT),
  FORMAT_UNSUPPORTED(201, Responsible.INPUT),
  IMAGE_EMPTY(202, Responsible.INPUT),
  IMAGE_TRUNCATED(203, Responsible.INPUT),
  IMAGE_CORRUPT(204, Responsible.INPUT),
  IMAGE_INCOMPLETE_SET(205, Responsible.INPUT),
  IMAGE_CHANGED(206, Responsible.INPUT),
  IMAGE_UNREADABLE(207, Responsible.INPUT),
  IMAGE_IMPLAUSIBLE(208, Responsible.INPUT),
  DECODER_TOO_LARGE(209, Responsible.INPUT),
  RECORD_CORRUPT(210, Responsible.INPUT),
  CASE_ALTERED(220, Responsible.INPUT),
  CASE_NOT_SEALED(221, Responsible.INPUT),
  CASE_UNFINISHED(222, Responsible.INPUT),
  READ_FAILED(300, Responsible.RESOURCE),
  DISK_FULL(301, Responsible.RESOURCE),
  BROKER_UNREACHABLE(302, Responsible.RESOURCE),
  BROKER_FAILED(303, Responsible.RESOURCE),
  STAGE_STALLED(304, Responsible.RESOURCE),
  NATIVE_LIBRARY_MISSING(305, Responsible.RESOURCE),
  TEMPORARY_FOLDER(320, Responsible.RESOURCE),
  OPEN_FILES_EXHAUSTED(321, Responsible.RESOURCE),
  THREADS_EXHAUSTED(322, Responsible.RESOURCE),
  MEMORY_EXHAUSTED(323, Responsible.RESOURCE),
  OUTPUT_NOT_WRITABLE(324, Responsible.RESOURCE),
  LEDGER_DOES_NOT_ADD_UP(900, Responsible.INTERNAL),
  ANALYSIS_FAILED(901, Responsible.INTERNAL),
  INTERNAL(999, Responsible.INTERNAL);

  private final int number;
  private final Responsible responsible;

  ErrorCode(int number, Responsible responsible) {
    this.number = number;
    this.responsible = responsible;
  }

  /** The stable number, printed as {@code PS-204}. */
  public int number() {
    return number;
  }

  /** Who must act. */
  public Responsible responsible() {
    return responsible;
  }

  @Override
  public String toString() {
    return "PS-" + number;
  }
}
