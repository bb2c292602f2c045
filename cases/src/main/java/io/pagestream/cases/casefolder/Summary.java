package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.coverage.UnseenRange;
import io.pagestream.cases.doubt.CaseOutcome;
import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import io.pagestream.schemas.page.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table at the end of a job: in the terminal and in {@code summary.txt}. */
public final class Summary {
  private static final int LABEL = 28;
  private static final int NUMBER = 14;
  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_WARNING = 500;

  /** Ranges of pages not analyzed that are listed for each reason. */
  private static final int MOST_RANGES = 3;

  private static final int MOST_DOUBTS = 20;
  private static final String DOUBT = "  DOUBT: ";

  private final List<String> lines = new ArrayList<>();

  private Summary() {}

  /** The lines of the table, safe for a terminal, without colors. */
  public static List<String> lines(CaseFacts facts, CollectedCase collected) {
    Summary summary = new Summary();
    for (int i = 0; i < collected.ledgers().size(); i++) {
      summary.image(
          collected.ledgers().get(i), collected.coverage().get(i), collected.findings().byKind(i));
    }
    new BatchTable(facts, collected).lines().forEach(summary.lines::add);
    summary.end(facts, collected);
    return summary.lines;
  }

  private void image(ImageLedger ledger, ImageCoverage coverage, Map<String, Long> findings) {
    ImageManifest manifest = ledger.manifest();
    LedgerProof proof = ledger.proof();
    lines.add(safe(proof.name().isEmpty() ? "image " + ledger.imageId() : proof.name()));
    if (manifest != null) {
      String wrapping = manifest.getWrapping().isEmpty() ? "" : " in " + manifest.getWrapping();
      text("format", manifest.getFormat() + wrapping);
      for (ImageFile file : ledger.files()) {
        text("SHA-256", DigestText.of(file) + "  " + file.getName());
      }
    }
    pages(ledger, proof);
    notAnalyzed(coverage);
    section("findings", total(findings));
    findings.forEach((kind, count) -> row(kind, count));
    Map<String, Long> failures = ledger.totals(Stage.ANALYZERS).failures();
    Map<String, Long> capped = ledger.totals(Stage.ANALYZERS).cappedFindings();
    if (!capped.isEmpty()) {
      section("findings left out by the cap", total(capped));
      capped.forEach((kind, count) -> row(kind, count));
    }
    if (!failures.isEmpty()) {
      section("failed analyses", total(failures));
      failures.forEach((reason, count) -> row(reason, count));
    }
    coverage.warnings().forEach(warning -> lines.add("  WARNING: " + safe(warning, MOST_WARNING)));
    if (manifest != null) {
      manifest.getWarnings().forEach(warning -> lines.add("  warning: " + safe(warning)));
    }
    proof.notes().forEach(note -> lines.add("  note: " + safe(note)));
    doubts(ledger.doubts());
    proof.problems().forEach(problem -> lines.add("  PROBLEM: " + safe(problem)));
    lines.add("");
  }

  private void doubts(List<Doubt> doubts) {
    doubts.stream().limit(MOST_DOUBTS).forEach(doubt -> lines.add(DOUBT + DoubtText.line(doubt)));
    if (doubts.size() > MOST_DOUBTS) {
      lines.add(DOUBT + "%d more are in manifest.json".formatted(doubts.size() - MOST_DOUBTS));
    }
  }

  private void pages(ImageLedger ledger, LedgerProof proof) {
    section("pages of the range map", proof.rangeMapPages());
    row("mapped", proof.mapped());
    row("overridden", proof.overridden());
    row("refused", proof.refused());
    ledger
        .totals(Stage.MAPPER)
        .refusedPages()
        .forEach((reason, count) -> row("  " + reason, count));
    row("zero", proof.zero());
    row("excluded", proof.excluded());
    row("absent", proof.absent());
    if (proof.absent() > 0) {
      row("  not in the image", proof.absentWithoutBytes());
      row("  unreadable", proof.unreadable());
    }
    lines.add(
        proof.addsUp()
            ? "  every page is accounted for" + withDoubts(ledger.doubts().size())
            : "  NOT every page is accounted for: " + proof.equation());
  }

  /** The pages that were not analyzed: a row for each reason, with the first ranges. */
  private void notAnalyzed(ImageCoverage coverage) {
    section("not analyzed", coverage.total());
    coverage
        .pages()
        .forEach((reason, count) -> {
          row(reason.word(), count);
          List<UnseenRange> ranges =
              coverage.ranges().stream().filter(range -> range.reason() == reason).toList();
          for (UnseenRange range : ranges.subList(0, Math.min(MOST_RANGES, ranges.size()))) {
            lines.add(
                "      %s to %s"
                    .formatted(
                        Quantities.address(range.physicalAddress()),
                        Quantities.address(range.endAddress() - 1)));
          }
          long more = ranges.size() - MOST_RANGES + coverage.moreRanges().getOrDefault(reason, 0L);
          if (more > 0) {
            lines.add("      and %s more ranges".formatted(Quantities.count(more)));
          }
        });
  }

  private void end(CaseFacts facts, CollectedCase collected) {
    facts.notAnalysed().forEach(failed -> lines.add("NOT ANALYZED: " + safe(failed)));
    doubts(collected.strayDoubts());
    collected.notes().forEach(note -> lines.add("note: " + safe(note)));
    collected.problems().forEach(problem -> lines.add("PROBLEM: " + safe(problem)));
    CaseOutcome outcome = collected.outcome(facts.notAnalysed().size());
    if (!outcome.reasons().isEmpty()) {
      lines.add("exit code %d: %s".formatted(outcome.exitCode(), outcome.reasons()));
    }
    long bytes =
        collected.ledgers().stream()
            .mapToLong(ledger -> ledger.progress(Stage.ANALYZERS).pages() * Pages.SIZE)
            .sum();
    Duration time = Duration.between(facts.started(), facts.ended());
    double seconds = Math.max(0.001, time.toMillis() / 1000.0);
    lines.add(
        "%s findings in %s of memory, %s (%s)"
            .formatted(
                Quantities.count(collected.findings().count()),
                Quantities.bytes(bytes),
                Quantities.clock(time),
                Quantities.rate(bytes / seconds)));
  }

  private static String withDoubts(int doubts) {
    return switch (doubts) {
      case 0 -> "";
      case 1 -> ", with 1 doubt";
      default -> ", with %d doubts".formatted(doubts);
    };
  }

  private void section(String label, long total) {
    lines.add(number("  " + label, total));
  }

  private void row(String label, long count) {
    lines.add(number("    " + label, count));
  }

  private void text(String label, String value) {
    lines.add(("  %-" + (LABEL - 2) + "s%s").formatted(label, safe(value)));
  }

  private static String number(String label, long count) {
    return ("%-" + LABEL + "s%" + NUMBER + "s").formatted(safe(label), Quantities.count(count));
  }

  private static String safe(String text) {
    return safe(text, MOST_CHARACTERS);
  }

  private static String safe(String text, int most) {
    return HostileText.printable(text, most);
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
