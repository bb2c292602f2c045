package io.pagestream.mapper.policy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;

/** The profiles by name. */
public final class CachePolicies {
  /** Profile that is used unless the user names another. */
  public static final String DEFAULT = WindowsPolicy.NAME;

  private static final List<String> PLANNED = List.of("linux", "strict");

  private CachePolicies() {}

  /** Names of the profiles that there are. */
  public static List<String> names() {
    return List.of(WindowsPolicy.NAME);
  }

  /**
   * The profile of a name with its usual choices.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static CachePolicy named(String name) {
    return named(name, WindowsOptions.DEFAULT);
  }

  /**
   * The profile of a name.
   *
   * @param windows choices of the {@code windows} profile; the others do not look at them
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static CachePolicy named(String name, WindowsOptions windows) {
    if (name.equals(WindowsPolicy.NAME)) {
      return new WindowsPolicy(windows);
    }
    String what =
        PLANNED.contains(name)
            ? "cache-policy profile '" + name + "' is not there yet"
            : "there is no cache-policy profile '" + name + "'";
    throw PagestreamException.of(
        ErrorCode.USAGE, what, "choose one of: " + String.join(", ", names()));
  }
}
