package io.pagestream.cases.verdicts;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Joins spans in ascending order of address into the longest possible ones. */
final class SpanJoiner {
  private final Consumer<PageSpan> receiver;
  private @Nullable PageSpan held;

  SpanJoiner(Consumer<PageSpan> receiver) {
    this.receiver = receiver;
  }

  /**
   * Adds the next span. A span that begins before the end of the last one is omitted: it belongs to
   * a contradictory record, which {@link VerdictStore#contradictions()} counts.
   */
  void add(PageSpan span) {
    PageSpan before = held;
    if (before == null) {
      held = span;
    } else if (before.goesOnIn(span)) {
      held = before.and(span);
    } else if (span.physicalAddress() >= before.endAddress()) {
      receiver.accept(before);
      held = span;
    }
  }

  /** Delivers the last span. */
  void end() {
    if (held != null) {
      receiver.accept(held);
      held = null;
    }
  }
}
