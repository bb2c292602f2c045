package io.pagestream.images.pagetable;

/** The part of an image's page tables that is read. */
public enum PageTableDepth {
  /** All address spaces that can be found; the image is searched for them. */
  ALL,
  /** The kernel's half only, of the tables that notes name; without such the image is searched. */
  KERNEL,
  /** None. */
  OFF
}
