package io.pagestream.analyzers.api;

/**
 * Finds artifacts in memory. An instance serves one thread for its whole life, so it may keep
 * buffers and native scratch space between calls, but no state that changes what it finds: the same
 * window always gives the same findings.
 *
 * <p>An artifact belongs to the run in which it <em>starts</em>: report it only if its first byte
 * lies in the window's own part. Decide from no more than {@link AnalyzerInfo#lookBehindBytes()}
 * before and {@link AnalyzerInfo#lookAheadBytes()} after the artifact's first byte, even where the
 * window shows more: how much more depends on how memory was cut into runs, and findings must not.
 */
public interface Analyzer extends AutoCloseable {
  /** What it is and what it needs. */
  AnalyzerInfo info();

  /**
   * Looks at one window and reports every artifact that starts in its own part.
   *
   * <p>The bytes come from an attacker. Every length read from them is checked, every loop bounded;
   * nothing is allocated in their measure. An exception is counted as a failure of this analyzer on
   * this run and stops nothing else.
   *
   * @param window valid only during the call
   * @param matches where the analyzer's patterns match in it; valid only during the call
   * @param findings where to report
   */
  default void analyze(Window window, Matches matches, FindingSink findings) {
    throw new UnsupportedOperationException(info().name() + " analyzes no bytes");
  }

  /**
   * The same for an analyzer that asks for {@link View.Kind#MAPPINGS} instead of bytes.
   *
   * @param mappings what page tables say of a run; valid only during the call
   * @param findings where to report
   */
  default void analyze(Mappings mappings, FindingSink findings) {
    throw new UnsupportedOperationException(info().name() + " analyzes no page tables");
  }

  /** Frees native memory. */
  @Override
  default void close() {}
}
