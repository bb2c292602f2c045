package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import java.util.List;

/**
 * Follows a case while it is collected. Called on the collecting thread, the only thread on which
 * it may read the images.
 */
public interface CaseFollower {
  /** Ignores everything. */
  CaseFollower NONE = new CaseFollower() {};

  /** Receives a valid finding of the case, or a copy of one; the record is reused for the next. */
  default void finding(Finding finding) {}

  /**
   * Called when more records have been rejected.
   *
   * @param doubts the doubts about all of them so far, as a short list
   */
  default void rejected(List<Doubt> doubts) {}

  /** Called several times a second, whether anything has arrived or not. */
  default void polled(List<CaseImage> images) {}

  /** Called when collecting has ended, while the broker is still available. */
  default void ended(List<CaseImage> images) {}
}
