package io.pagestream.mapper.policy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;

/** The profiles by name. */
public final class CachePolicies {
  /** The default profile. */
  public static final String DEFAULT = WindowsPolicy.NAME;

  /** Name of the profile with {@link WindowsOptions}. */
  public static final String WINDOWS = WindowsPolicy.NAME;

  /** Name of the profile with {@link LinuxOptions}. */
  public static final String LINUX = LinuxPolicy.NAME;

  /** Name of the profile that refuses every conflict. */
  public static final String STRICT = StrictPolicy.NAME;

  private CachePolicies() {}

  /** Names of all profiles. */
  public static List<String> names() {
    return List.of(WindowsPolicy.NAME, LinuxPolicy.NAME, StrictPolicy.NAME);
  }

  /**
   * Returns a profile by name, with its default options.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static CachePolicy named(String name) {
    return named(name, WindowsOptions.DEFAULT);
  }

  /**
   * Returns a profile by name.
   *
   * @param windows options of the {@code windows} profile; the others ignore them
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static CachePolicy named(String name, WindowsOptions windows) {
    return named(name, windows, LinuxOptions.DEFAULT);
  }

  /**
   * Returns a profile by name.
   *
   * @param windows options of the {@code windows} profile; the others ignore them
   * @param linux options of the {@code linux} profile; the others ignore them
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static CachePolicy named(String name, WindowsOptions windows, LinuxOptions linux) {
    return switch (name) {
      case WindowsPolicy.NAME -> new WindowsPolicy(windows);
      case LinuxPolicy.NAME -> new LinuxPolicy(linux);
      case StrictPolicy.NAME -> new StrictPolicy();
      default ->
          throw PagestreamException.of(
              ErrorCode.USAGE,
              "there is no cache-policy profile '" + name + "'",
              "choose one of: " + String.join(", ", names()));
    };
  }
}
