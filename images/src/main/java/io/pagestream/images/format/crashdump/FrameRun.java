package io.pagestream.images.format.crashdump;

import io.pagestream.schemas.page.Pages;

/**
 * Consecutive page frames.
 *
 * @param firstFrame number of the first frame
 * @param frames their number, at least 1
 */
record FrameRun(long firstFrame, long frames) {
  private static final long LIMIT = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  /** Whether the values, which come from hostile input, are frames that an address can have. */
  static boolean isPossible(long firstFrame, long frames) {
    return firstFrame >= 0 && frames > 0 && firstFrame < LIMIT && frames <= LIMIT - firstFrame;
  }

  /** Number of the frame after the last. */
  long endFrame() {
    return firstFrame + frames;
  }
}
