package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an image's pages for everything that is recognized by the contents of single pages:
 * top-level page tables, and the page with Linux's VMCOREINFO. Made once, when first needed. Used
 * by one thread.
 */
public final class PageSearch {
  private final MemoryImage image;
  private @Nullable RootCandidates found;

  /** A search of an image that has not begun. */
  public PageSearch(MemoryImage image) {
    this.image = image;
  }

  RootCandidates candidates(PageTableProgress progress) throws InterruptedException {
    RootCandidates known = found;
    if (known == null) {
      long encryptionMask = HintedRoots.of(image.facts().machine()).encryptionMask();
      known = RootScan.scan(image, encryptionMask, progress);
      found = known;
    }
    return known;
  }

  /**
   * Physical addresses of pages that begin with {@code OSRELEASE=}, as the kernel's own copy of
   * VMCOREINFO does (Linux, kernel/crash_core.c); ascending, a bounded number.
   *
   * @throws InterruptedException if {@code progress} does
   */
  public List<Long> vmcoreInfoPages(PageTableProgress progress) throws InterruptedException {
    return addresses(candidates(progress).vmcoreInfo, RootCandidates.MOST_VMCORE_INFO);
  }

  /**
   * Physical addresses of pages that look like top-level tables of 64-bit Linux, ascending.
   *
   * @param most maximum number
   * @throws InterruptedException if {@code progress} does
   */
  public List<Long> linuxRoots(int most, PageTableProgress progress) throws InterruptedException {
    return addresses(candidates(progress).linux, most);
  }

  /**
   * Whether pages look like top-level tables of 64-bit Windows.
   *
   * @throws InterruptedException if {@code progress} does
   */
  public boolean looksLikeWindows(PageTableProgress progress) throws InterruptedException {
    RootCandidates candidates = candidates(progress);
    return candidates.windows.size() > candidates.linux.size();
  }

  private static List<Long> addresses(AddressList list, int most) {
    List<Long> addresses = new ArrayList<>();
    for (int i = 0; i < Math.min(list.size(), most); i++) {
      addresses.add(list.address(i));
    }
    return addresses;
  }
}
