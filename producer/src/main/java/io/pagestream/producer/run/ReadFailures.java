package io.pagestream.producer.run;

import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;

/** Reads that failed as a whole: the first few in words, the rest as a count. */
final class ReadFailures {
  private static final int TOLD_ONE_BY_ONE = 10;

  private final List<String> first = new ArrayList<>();
  private long more;
  private long morePages;

  void add(long physicalAddress, int pageCount, PagestreamException failure) {
    if (first.size() < TOLD_ONE_BY_ONE) {
      first.add(
          "%d pages from physical address 0x%x could not be read: %s"
              .formatted(pageCount, physicalAddress, failure.getMessage()));
    } else {
      more++;
      morePages += pageCount;
    }
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>(first);
    if (more > 0) {
      sentences.add("%d more reads failed, of %d pages together".formatted(more, morePages));
    }
    return sentences;
  }
}
