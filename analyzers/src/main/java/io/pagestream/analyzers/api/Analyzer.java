package io.pagestream.analyzers.api;

/**
 * Finds artifacts in memory. An instance serves one thread for its whole life, so it may keep
 * buffers and native scratch space between calls, but no state that affects its findings: the same
 * window always results in the same findings.
 *
 * <p>An artifact belongs to the run in which it <em>starts</em>: report it only if its first byte
 * is in the window's own part. Use at most {@link AnalyzerInfo#lookBehindBytes()} before and {@link
 * AnalyzerInfo#lookAheadBytes()} after the artifact's first byte, even if the window shows more:
 * the additional length depends on how memory was cut into runs, and findings must not depend on
 * it.
 */
public interface Analyzer extends AutoCloseable {
  /** The properties and requirements of the analyzer. */
  AnalyzerInfo info();

  /**
   * Searches one window and reports every artifact that starts in its own part.
   *
   * <p>The bytes are untrusted. Check every length that is read from them, bound every loop, and
   * allocate nothing in proportion to such lengths. An exception counts as a failure of this
   * analyzer on this run and affects nothing else.
   *
   * @param window valid only during the call
   * @param matches the matches of the analyzer's patterns in it; valid only during the call
   * @param findings receives the artifacts
   */
  default void analyze(Window window, Matches matches, FindingSink findings) {
    throw new UnsupportedOperationException(info().name() + " analyzes no bytes");
  }

  /**
   * The same for an analyzer that requests {@link View.Kind#MAPPINGS} instead of bytes.
   *
   * @param mappings the page-table information about a run; valid only during the call
   * @param findings receives the artifacts
   */
  default void analyze(Mappings mappings, FindingSink findings) {
    throw new UnsupportedOperationException(info().name() + " analyzes no page tables");
  }

  /** Frees native memory. */
  @Override
  default void close() {}
}
