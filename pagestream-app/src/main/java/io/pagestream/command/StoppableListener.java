package io.pagestream.command;

import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;

/**
 * Passes a job's progress on, until the process is told to stop: then the job is unwound.
 *
 * @param listener who is told
 * @param stop whether to stop
 */
record StoppableListener(CollectListener listener, StopSignal stop) implements CollectListener {
  @Override
  public void progress(CollectProgress progress) {
    stop.throwIfStopped();
    listener.progress(progress);
  }

  @Override
  public void searchingPageTables(long pagesDone, long pages) {
    stop.throwIfStopped();
    listener.searchingPageTables(pagesDone, pages);
  }

  @Override
  public void hashing(String file, long bytesDone, long bytes) {
    stop.throwIfStopped();
    listener.hashing(file, bytesDone, bytes);
  }
}
