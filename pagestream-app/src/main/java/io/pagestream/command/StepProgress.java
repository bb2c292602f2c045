package io.pagestream.command;

import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import java.time.Duration;

/**
 * Progress of work in steps: one line that is overwritten in a terminal, otherwise a plain line
 * every few seconds. Confined to one thread.
 */
final class StepProgress implements AutoCloseable {
  private static final long IN_PLACE_NANOS = Duration.ofMillis(200).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private final TerminalWriter out;
  private final TerminalStyle style;
  private long lastShown = System.nanoTime();
  private boolean shown;

  StepProgress(TerminalWriter out, TerminalStyle style) {
    this.out = out;
    this.style = style;
  }

  /** Shows that a part of a step is done. */
  void show(String step, long done, long all) {
    long now = System.nanoTime();
    if (now - lastShown < (style.inPlace() ? IN_PLACE_NANOS : PLAIN_NANOS)) {
      return;
    }
    lastShown = now;
    String line = "%s: %,d of %,d pages (%d %%)".formatted(step, done, all, 100 * done / all);
    if (style.inPlace()) {
      out.redraw(line);
      shown = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  @Override
  public void close() {
    if (shown) {
      out.redraw("");
    }
  }
}
