package io.pagestream.findings.collect;

/** Told how collecting goes on. */
@FunctionalInterface
public interface CollectListener {
  /**
   * Called on the collecting thread several times a second, whether anything has arrived or not.
   * What it throws ends the collecting: so a caller gives up when a stage has died.
   */
  void progress(CollectProgress progress);
}
