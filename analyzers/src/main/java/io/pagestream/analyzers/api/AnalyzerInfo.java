package io.pagestream.analyzers.api;

import java.util.List;
import java.util.Optional;

/**
 * The properties and requirements of an analyzer.
 *
 * @param name kebab-case name; part of every finding's id, so it never changes
 * @param summary one sentence for display
 * @param kinds kinds of findings that it can report; empty if it only decodes
 * @param lookBehindBytes bytes before an artifact's first byte that are needed to recognize it; at
 *     most {@link #MAX_LOOK_BEHIND_BYTES}
 * @param lookAheadBytes bytes from an artifact's first byte on that are needed to recognize it; at
 *     most {@link #MAX_LOOK_AHEAD_BYTES}
 * @param options its options with their defaults
 * @param view the kind of view that it requests
 * @param patterns the patterns for which the stage searches on its behalf
 */
public record AnalyzerInfo(
    String name,
    String summary,
    List<FindingKind> kinds,
    int lookBehindBytes,
    int lookAheadBytes,
    List<Option> options,
    View.Kind view,
    Patterns patterns) {
  /** Length of the look-behind that the producer adds to a run. */
  public static final int MAX_LOOK_BEHIND_BYTES = 512;

  /** Length of the look-ahead that the producer adds to a run. */
  public static final int MAX_LOOK_AHEAD_BYTES = 64 * 1024;

  /** Checks the limits. */
  public AnalyzerInfo {
    kinds = List.copyOf(kinds);
    options = List.copyOf(options);
    if (lookBehindBytes < 0 || lookBehindBytes > MAX_LOOK_BEHIND_BYTES) {
      throw new IllegalArgumentException("lookBehindBytes " + lookBehindBytes);
    }
    if (lookAheadBytes < 1 || lookAheadBytes > MAX_LOOK_AHEAD_BYTES) {
      throw new IllegalArgumentException("lookAheadBytes " + lookAheadBytes);
    }
  }

  /** An analyzer of bytes with its own search. */
  public AnalyzerInfo(
      String name,
      String summary,
      List<FindingKind> kinds,
      int lookBehindBytes,
      int lookAheadBytes,
      List<Option> options) {
    this(
        name,
        summary,
        kinds,
        lookBehindBytes,
        lookAheadBytes,
        options,
        View.Kind.BYTES,
        Patterns.NONE);
  }

  /** The same with patterns. */
  public AnalyzerInfo searching(Patterns wanted) {
    return new AnalyzerInfo(
        name, summary, kinds, lookBehindBytes, lookAheadBytes, options, view, wanted);
  }

  /** An analyzer of page-table information. */
  public static AnalyzerInfo ofMappings(String name, String summary, List<FindingKind> kinds) {
    return new AnalyzerInfo(
        name, summary, kinds, 0, 1, List.of(), View.Kind.MAPPINGS, Patterns.NONE);
  }

  /** The kind with a name, if the analyzer can report it. */
  public Optional<FindingKind> kind(String name) {
    for (FindingKind kind : kinds) {
      if (kind.name().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * An option, given as {@code --analyzer-option NAME.KEY=VALUE}.
   *
   * @param key kebab-case key
   * @param summary one sentence with the unit and the bounds
   * @param defaultValue value if the option is not given
   */
  public record Option(String key, String summary, String defaultValue) {}
}
