package io.pagestream.producer.run;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Positions of a run's pages in the image file. */
final class PageReferences {
  private PageReferences() {}

  /**
   * The pages that an image's file stores unchanged.
   *
   * @param address address of the page with index 0
   * @param from index of the first page
   * @param to index after the last
   * @param wanted whether to refer to the page at an index
   * @return the smallest number of references, sorted by page
   */
  static List<PageReference> of(
      MemoryImage image, long address, int from, int to, IntPredicate wanted) {
    List<PageReference> references = new ArrayList<>(1);
    PageReference last = null;
    for (int page = from; page < to; page++) {
      long offset = wanted.test(page) ? image.fileOffsetOf(address + Pages.address(page)) : -1;
      if (offset < 0) {
        continue;
      }
      if (last != null && goesOn(last, page, offset)) {
        last.setPageCount(last.getPageCount() + 1);
      } else {
        last = new PageReference(0, offset, page, 1);
        references.add(last);
      }
    }
    return references;
  }

  private static boolean goesOn(PageReference last, int page, long offset) {
    return last.getFirstPage() + last.getPageCount() == page
        && last.getFileOffset() + Pages.address(last.getPageCount()) == offset;
  }

  /** Whether a page is covered by references. */
  static boolean contain(List<PageReference> references, int page) {
    for (PageReference reference : references) {
      if (page >= reference.getFirstPage()
          && page < reference.getFirstPage() + reference.getPageCount()) {
        return true;
      }
    }
    return false;
  }
}
