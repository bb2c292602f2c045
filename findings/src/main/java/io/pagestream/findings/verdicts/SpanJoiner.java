package io.pagestream.findings.verdicts;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
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
   * Takes the next span.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it lies before the last one's
   *     end
   */
  void add(PageSpan span) {
    PageSpan before = held;
    if (before == null) {
      held = span;
    } else if (before.goesOnIn(span)) {
      held = before.and(span);
    } else {
      if (span.physicalAddress() < before.endAddress()) {
        throw PagestreamException.of(
            ErrorCode.RECORD_CORRUPT,
            "the verdict records contradict each other: pages at 0x%x are judged twice"
                .formatted(span.physicalAddress()),
            "look at what writes to the topic verdicts");
      }
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
