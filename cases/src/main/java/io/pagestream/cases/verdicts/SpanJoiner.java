package io.pagestream.cases.verdicts;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Joins spans that come by address into the longest possible ones. */
final class SpanJoiner {
  private final Consumer<PageSpan> receiver;
  private @Nullable PageSpan held;

  SpanJoiner(Consumer<PageSpan> receiver) {
    this.receiver = receiver;
  }

  /**
   * Takes the next span. One that lies before the last one's end is left out: it is of a record
   * that contradicts another, and {@link VerdictStore#contradictions()} counts those.
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

  /** Gives out the last span. */
  void end() {
    if (held != null) {
      receiver.accept(held);
      held = null;
    }
  }
}
