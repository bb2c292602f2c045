package io.pagestream.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of a run: {@code imageId/runIndex}.
 *
 * @param imageId image of the run
 * @param runIndex its index
 */
public record RunKey(String imageId, long runIndex) {
  private static final int MAX_BYTES = 256;

  /** Thirteen digits: more runs than there are pages below the address limit. */
  private static final Pattern KEY = Pattern.compile("([^/]+)/([0-9]{1,13})");

  /** The key's parts, or null if it is not the key of a run. */
  public static @Nullable RunKey parse(byte @Nullable [] key) {
    if (key == null || key.length > MAX_BYTES) {
      return null;
    }
    Matcher matcher = KEY.matcher(new String(key, StandardCharsets.UTF_8));
    return matcher.matches()
        ? new RunKey(matcher.group(1), Long.parseLong(matcher.group(2)))
        : null;
  }
}
