package io.pagestream.images.memory;

/** State of a page in one of an image's extents. */
public enum PageState {
  /** The image has its bytes (which may all be zero). */
  PRESENT,
  /** As {@link #PRESENT}, but a doubt covers the page: its bytes or its address may be wrong. */
  DOUBTFUL,
  /** The image marks the page as intentionally left out (filtered, or not dumped). */
  EXCLUDED,
  /** The image should have its bytes, but they are truncated or damaged. */
  UNREADABLE;

  /** Whether the image has the page's bytes. */
  public boolean hasBytes() {
    return this == PRESENT || this == DOUBTFUL;
  }
}
