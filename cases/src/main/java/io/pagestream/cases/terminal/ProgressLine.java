package io.pagestream.cases.terminal;

import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.cases.text.HostileText;
import io.pagestream.schemas.page.Pages;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Live progress: one line that is overwritten in a terminal, otherwise a plain line every few
 * seconds. Confined to one thread.
 */
public final class ProgressLine implements CollectListener, AutoCloseable {
  private static final long IN_PLACE_NANOS = Duration.ofMillis(200).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private final TerminalWriter out;
  private final TerminalStyle style;
  private final LongSupplier nanos;
  private final Throughput throughput = new Throughput();
  private final long started;
  private long lastShown;
  private boolean shown;

  /** A line on a stream. */
  public ProgressLine(TerminalWriter out, TerminalStyle style) {
    this(out, style, System::nanoTime);
  }

  ProgressLine(TerminalWriter out, TerminalStyle style, LongSupplier nanos) {
    this.out = out;
    this.style = style;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.lastShown = started;
  }

  @Override
  public void progress(CollectProgress progress) {
    long now = nanos.getAsLong();
    double rate = throughput.sample(now, Pages.address(progress.analyzers().pages()));
    show(now, width -> ProgressFormat.line(progress, rate, width));
  }

  @Override
  public void searchingPageTables(long pagesDone, long pages) {
    show(nanos.getAsLong(), width -> ProgressFormat.searching(pagesDone, pages, width));
  }

  @Override
  public void waitingForImages(List<String> missing) {
    show(
        nanos.getAsLong(),
        width ->
            HostileText.printable(
                missing.isEmpty()
                    ? "waiting for the first image"
                    : "waiting for " + String.join(", ", missing),
                width));
  }

  @Override
  public void hashing(String file, long bytesDone, long bytes) {
    show(nanos.getAsLong(), width -> ProgressFormat.hashing(file, bytesDone, bytes, width));
  }

  private void show(long now, IntFunction<String> line) {
    if (now - lastShown < (style.inPlace() ? IN_PLACE_NANOS : PLAIN_NANOS)) {
      return;
    }
    lastShown = now;
    if (style.inPlace()) {
      // The last column is left free: some terminals wrap when it is filled.
      out.redraw(line.apply(style.width() - 1));
      shown = true;
    } else {
      out.println(line.apply(Integer.MAX_VALUE));
    }
    out.flush();
  }

  /** Clears the line, so that the next output starts on an empty one. */
  @Override
  public void close() {
    if (shown) {
      out.redraw("");
      shown = false;
    }
  }
}
