package io.pagestream.schemas.error;

import io.pagestream.schemas.text.Hex;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The common type of all errors shown to users: a numbered code, the problem, its location (file
 * and offset) and what to do next, in one line.
 */
public final class PagestreamException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String what;
  private final @Nullable String file;
  private final long offset;
  private final String next;

  private PagestreamException(
      ErrorCode code,
      String what,
      @Nullable String file,
      long offset,
      String next,
      @Nullable Throwable cause) {
    super(line(code, what, file, offset, next), cause);
    this.code = code;
    this.what = what;
    this.file = file;
    this.offset = offset;
    this.next = next;
  }

  /**
   * An error that does not concern a file. {@code next} is the remedy, as a sentence without a
   * period.
   */
  public static PagestreamException of(ErrorCode code, String what, String next) {
    return new PagestreamException(code, what, null, -1, next, null);
  }

  /** An error in a file as a whole. */
  public static PagestreamException inFile(ErrorCode code, String file, String what, String next) {
    return new PagestreamException(code, what, file, -1, next, null);
  }

  /** An error at a byte offset of a file. */
  public static PagestreamException at(
      ErrorCode code, String file, long offset, String what, String next) {
    return new PagestreamException(code, what, file, offset, next, null);
  }

  /** The same error with its cause. */
  public PagestreamException causedBy(Throwable cause) {
    return new PagestreamException(code, what, file, offset, next, cause);
  }

  /** The numbered code. */
  public ErrorCode code() {
    return code;
  }

  /** The file concerned, or null if there is none. */
  public @Nullable String file() {
    return file;
  }

  /** Byte offset within {@link #file()}, or -1 if the error has no offset. */
  public long offset() {
    return offset;
  }

  private static String line(
      ErrorCode code, String what, @Nullable String file, long offset, String next) {
    StringBuilder line = new StringBuilder(160).append(code).append(' ');
    if (file != null) {
      line.append(file);
      if (offset >= 0) {
        line.append(" at offset ").append(Hex.of(offset));
      }
      line.append(": ");
    }
    line.append(what);
    if (!next.isEmpty()) {
      line.append("; ").append(next);
    }
    return line.toString();
  }
}
