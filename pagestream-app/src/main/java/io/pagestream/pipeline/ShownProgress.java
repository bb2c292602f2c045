package io.pagestream.pipeline;

import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.images.identity.HashProgress;
import java.util.Optional;

/** Which progress of a job is shown: that of the next image only while there is no other. */
final class ShownProgress {
  private ShownProgress() {}

  static void show(
      CollectProgress progress, SubmissionThreads submission, CollectListener listener) {
    Optional<HashProgress> hashing = submission.hashing();
    Optional<SubmissionThreads.Search> search = submission.search();
    boolean idle = progress.analyzers().pages() >= progress.pages();
    if (idle && hashing.isPresent()) {
      HashProgress now = hashing.get();
      listener.hashing(now.file(), now.bytesDone(), now.bytes());
    } else if (idle && search.isPresent()) {
      listener.searchingPageTables(search.get().pagesDone(), search.get().pages());
    } else {
      listener.progress(progress);
    }
  }
}
