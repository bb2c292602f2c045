package io.pagestream.command;

import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;
import java.util.List;

/**
 * Forwards the progress of a job until the process is stopped; the job is then unwound.
 *
 * @param listener receives the progress
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
  public void waitingForImages(List<String> missing) {
    stop.throwIfStopped();
    listener.waitingForImages(missing);
  }

  @Override
  public void hashing(String file, long bytesDone, long bytes) {
    stop.throwIfStopped();
    listener.hashing(file, bytesDone, bytes);
  }
}
