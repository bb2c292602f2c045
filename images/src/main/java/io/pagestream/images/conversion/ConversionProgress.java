package io.pagestream.images.conversion;

/** Receives the progress of a conversion. */
@FunctionalInterface
public interface ConversionProgress {
  /** Ignores it. */
  ConversionProgress NONE = (step, pages) -> {};

  /**
   * Called after each block of pages.
   *
   * @param pages pages done in this step
   */
  void converted(ConversionStep step, long pages);
}
