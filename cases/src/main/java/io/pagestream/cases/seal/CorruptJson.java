package io.pagestream.cases.seal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;

/** Errors for JSON files of a case that are not in their original form. */
public final class CorruptJson {
  private CorruptJson() {}

  /**
   * An error at the current position of the parser.
   *
   * @param what the problem
   */
  public static PagestreamException at(JsonParser json, Path file, String what) {
    return at(json.currentTokenLocation().getByteOffset(), file, "what stands here " + what);
  }

  /** The error for a file that is not JSON. */
  public static PagestreamException of(JacksonException cause, Path file) {
    String what = "is not JSON: " + cause.getOriginalMessage();
    return at(cause.getLocation().getByteOffset(), file, what).causedBy(cause);
  }

  private static PagestreamException at(long offset, Path file, String what) {
    return PagestreamException.at(
        ErrorCode.RECORD_CORRUPT,
        file.toString(),
        offset,
        what,
        "the file was changed, or written by another version; analyze the image again");
  }
}
