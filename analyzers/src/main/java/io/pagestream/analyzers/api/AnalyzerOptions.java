package io.pagestream.analyzers.api;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Map;

/**
 * The options that the user gave to one analyzer.
 *
 * @param analyzer the analyzer's name, for messages
 * @param values values by key
 */
public record AnalyzerOptions(String analyzer, Map<String, String> values) {
  /** Copies its map. */
  public AnalyzerOptions {
    values = Map.copyOf(values);
  }

  /** No options: all defaults apply. */
  public static AnalyzerOptions none(String analyzer) {
    return new AnalyzerOptions(analyzer, Map.of());
  }

  /**
   * A whole number within limits.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it is not a number or outside of the
   *     limits
   */
  public int integer(String key, int defaultValue, int min, int max) {
    String text = values.get(key);
    if (text == null) {
      return defaultValue;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, text, min, max).causedBy(e);
    }
    throw wrong(key, text, min, max);
  }

  private PagestreamException wrong(String key, String text, int min, int max) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "option %s.%s: '%s' is not a whole number from %d to %d"
            .formatted(analyzer, key, text, min, max),
        "see 'pagestream analyzers'");
  }
}
