package io.pagestream.cases.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.schemas.ledger.StageProgress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final TerminalStyle TERMINAL = new TerminalStyle(true, true, 100);
  private static final TerminalStyle PLAIN = new TerminalStyle(false, false, 80);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TerminalWriter out =
      new TerminalWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), true);
  private final AtomicLong clock = new AtomicLong(1);

  @Test
  void theLineTellsBytesRateTimeLeftFindingsAndPages() {
    assertThat(ProgressFormat.line(at(16_384, 1532), 8e6, 100))
        .isEqualTo(" 50%  64.0 MiB of 128.0 MiB  8.0 MB/s  ETA 0:08  1,532 findings  16,384 pages");
  }

  @Test
  void aNarrowTerminalShowsWholePartsOnly() {
    assertThat(ProgressFormat.line(at(16_384, 1532), 8e6, 40))
        .isEqualTo(" 50%  64.0 MiB of 128.0 MiB  8.0 MB/s");
  }

  @Test
  void beforeTheFirstManifestItSaysThatItWaits() {
    CollectProgress nothing =
        new CollectProgress(1, 0, 0, 0, StageProgress.NONE, StageProgress.NONE, 0, 0);
    assertThat(ProgressFormat.line(nothing, 0, 80)).isEqualTo("waiting for the first image");
  }

  @Test
  void theSearchForPageTablesIsShownUntilPagesCome() {
    try (ProgressLine line = new ProgressLine(out, TERMINAL, clock::get)) {
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      line.searchingPageTables(262_144, 1_310_720);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains(" 20%  looking for page tables  1.0 GiB of 5.0 GiB");
  }

  @Test
  void withoutARateThereIsNoTimeLeft() {
    assertThat(ProgressFormat.line(at(0, 0), 0, 100)).contains("ETA -:--");
  }

  @Test
  void inATerminalTheLineIsDrawnOverFiveTimesASecondAndTakenAwayAtTheEnd() {
    try (ProgressLine line = new ProgressLine(out, TERMINAL, clock::get)) {
      for (int i = 1; i <= 10; i++) {
        clock.addAndGet(Duration.ofMillis(100).toNanos());
        line.progress(at(i * 1000L, i));
      }
    }
    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertThat(shown.split("\r", -1)).hasSize(1 + 5 + 1);
    assertThat(shown).doesNotContain("\n").endsWith("\r\u001b[K");
  }

  @Test
  void withoutATerminalThereAreWholeLinesEveryFiveSecondsAndNoEscapes() {
    try (ProgressLine line = new ProgressLine(out, PLAIN, clock::get)) {
      for (int i = 1; i <= 11; i++) {
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        line.progress(at(i * 1000L, i));
      }
    }
    String shown = bytes.toString(StandardCharsets.UTF_8);
    assertThat(shown.lines()).hasSize(2);
    assertThat(shown).doesNotContain("\u001b", "\r").contains("4.1 MB/s");
  }

  @Test
  void theRateIsThatOfTheLastTenSeconds() {
    Throughput throughput = new Throughput();
    double rate = 0;
    for (int second = 0; second <= 60; second++) {
      long done = second <= 30 ? 0 : (second - 30) * 1_000_000L;
      rate = throughput.sample(Duration.ofSeconds(second).toNanos(), done);
    }
    assertThat(rate).isEqualTo(1e6);
  }

  @Test
  void theEnvironmentDecidesOnColorAndWidth() {
    assertThat(TerminalStyle.of(Map.of("COLUMNS", "120"), true))
        .isEqualTo(new TerminalStyle(true, true, 120));
    assertThat(TerminalStyle.of(Map.of("NO_COLOR", "1"), true))
        .isEqualTo(new TerminalStyle(true, false, 80));
    assertThat(TerminalStyle.of(Map.of("NO_COLOR", ""), true).color()).isTrue();
    assertThat(TerminalStyle.of(Map.of("TERM", "dumb"), true).inPlace()).isFalse();
    assertThat(TerminalStyle.of(Map.of("COLUMNS", "99999999999"), false).width()).isEqualTo(80);
  }

  @Test
  void theEndTableHasColorsOnlyWhereTheyAreWanted() {
    List<String> table = List.of("a.raw", "  PROBLEM: pages", "  every page is accounted for");
    EndTable.print(table, out);
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "\u001b[1ma.raw\u001b[0m",
            "\u001b[31m  PROBLEM: pages\u001b[0m",
            "\u001b[32m  every page is accounted for\u001b[0m");
    StringWriter plain = new StringWriter();
    EndTable.print(table, new TerminalWriter(plain, false));
    assertThat(plain.toString().lines()).containsExactlyElementsOf(table);
  }

  private static CollectProgress at(long pages, long findings) {
    StageProgress stage = new StageProgress(pages / 64, pages, pages * 4096, findings);
    return new CollectProgress(1, 1, 0, 32_768, stage, stage, findings, 0);
  }
}
