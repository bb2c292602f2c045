package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.ledger.JudgedRunRules;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A judged run that complies with {@link JudgedRunRules}, as spans of pages with equal facts. */
final class RunSpans {
  private RunSpans() {}

  /**
   * Delivers the run's spans by address, covering all of its pages.
   *
   * @param failed whether the run did not reach the analyzers, or all of them failed on it
   */
  static void forEach(PageRun run, boolean failed, Consumer<PageSpan> receiver) {
    List<MappingSpan> mappings = run.getMappings();
    int at = 0;
    for (VerdictSpan verdict : run.getVerdicts()) {
      Decision decision = Decision.of(verdict);
      int end = verdict.getFirstPage() + verdict.getPageCount();
      for (int page = verdict.getFirstPage(); page < end; ) {
        MappingSpan mapping = null;
        int pieceEnd = end;
        if (!mappings.isEmpty()) {
          while (mappings.get(at).getFirstPage() + mappings.get(at).getPageCount() <= page) {
            at++;
          }
          mapping = mappings.get(at);
          pieceEnd = Math.min(end, mapping.getFirstPage() + mapping.getPageCount());
        }
        pieces(run, page, pieceEnd, failed, decision, mapping, receiver);
        page = pieceEnd;
      }
    }
  }

  /** Pages of one decision and one mapping, cut where their content changes. */
  private static void pieces(
      PageRun run,
      int first,
      int end,
      boolean failed,
      Decision decision,
      @Nullable MappingSpan mapping,
      Consumer<PageSpan> receiver) {
    int start = first;
    while (start < end) {
      PageContent content = PageContent.of(run, start);
      Unseen unseen = Unseen.of(run, start, failed);
      int next = start + 1;
      while (next < end
          && PageContent.of(run, next) == content
          && Unseen.of(run, next, failed) == unseen) {
        next++;
      }
      receiver.accept(
          new PageSpan(
              run.getPhysicalAddress() + Pages.address(start),
              next - start,
              content,
              decision,
              mapping == null ? null : Mapping.of(mapping, start - mapping.getFirstPage()),
              unseen));
      start = next;
    }
  }
}
