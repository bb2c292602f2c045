package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.Finding;
import java.util.List;

/**
 * Sees a case while it is collected. Called on the collecting thread, and only there may it read
 * the images.
 */
public interface CaseFollower {
  /** Sees nothing. */
  CaseFollower NONE = new CaseFollower() {};

  /** A genuine finding of the case, or a copy of one; the record is used again for the next. */
  default void finding(Finding finding) {}

  /** Called several times a second, whether anything has arrived or not. */
  default void polled(List<CaseImage> images) {}

  /** Nothing more is collected; the broker is still there. */
  default void ended(List<CaseImage> images) {}
}
