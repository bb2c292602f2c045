package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ImageLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of a case with several images: a line for each image of the case, and for each that was
 * handed to the job and is not in it.
 */
final class BatchTable {
  private static final int MOST_LABEL = 60;
  private static final int MOST_MESSAGE = 160;

  private final CaseFacts facts;
  private final CollectedCase collected;
  private final int width;

  BatchTable(CaseFacts facts, CollectedCase collected) {
    this.facts = facts;
    this.collected = collected;
    int widest =
        collected.ledgers().stream().mapToInt(ledger -> label(ledger).length()).max().orElse(0);
    for (GivenImage given : facts.given()) {
      widest = Math.max(widest, label(given.label()).length());
    }
    this.width = Math.max(5, widest);
  }

  /** The lines, safe for a terminal; none for a single image. */
  List<String> lines() {
    List<GivenImage> others =
        facts.given().stream()
            .filter(given -> given.outcome() != GivenImage.Outcome.ANALYZED)
            .filter(given -> given.outcome() != GivenImage.Outcome.IN_CASE || !isLabel(given))
            .toList();
    if (collected.ledgers().size() + others.size() < 2) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("images");
    lines.add(row("label", "outcome", "pages", "findings", "doubts"));
    Map<String, String> outcomes =
        facts.given().stream()
            .filter(given -> !given.imageId().isEmpty())
            .collect(
                Collectors.toMap(
                    GivenImage::imageId, given -> word(given.outcome()), (first, next) -> first));
    for (int i = 0; i < collected.ledgers().size(); i++) {
      lines.add(image(i, outcomes));
    }
    others.forEach(given -> lines.add(other(given)));
    lines.add("");
    return lines;
  }

  private String image(int place, Map<String, String> outcomes) {
    ImageLedger ledger = collected.ledgers().get(place);
    long findings =
        collected.findings().byKind(place).values().stream().mapToLong(Long::longValue).sum();
    String outcome =
        ledger.isFailed() ? "cut short" : outcomes.getOrDefault(ledger.imageId(), "in case");
    return row(
        label(ledger),
        outcome,
        Quantities.count(ledger.proof().rangeMapPages()),
        Quantities.count(findings),
        Quantities.count(ledger.doubts().size()));
  }

  private String other(GivenImage given) {
    String detail =
        switch (given.outcome()) {
          case GIVEN_TWICE, IN_CASE -> "same content as " + labelOf(given.imageId());
          case FAILED, SKIPPED -> HostileText.printable(given.message(), MOST_MESSAGE);
          case ANALYZED -> "";
        };
    return "  %s  %-12s %s"
        .formatted(padded(label(given.label())), word(given.outcome()), detail)
        .stripTrailing();
  }

  /** Whether an image of the case has the label of this one, and not only its content. */
  private boolean isLabel(GivenImage given) {
    return labelOf(given.imageId()).equals(label(given.label()));
  }

  private String labelOf(String imageId) {
    return collected.ledgers().stream()
        .filter(ledger -> ledger.imageId().equals(imageId))
        .map(BatchTable::label)
        .findFirst()
        .orElse("image " + imageId);
  }

  private static String word(GivenImage.Outcome outcome) {
    return switch (outcome) {
      case ANALYZED -> "analyzed";
      case GIVEN_TWICE -> "given twice";
      case IN_CASE -> "in case";
      case FAILED -> "FAILED";
      case SKIPPED -> "NOT READ";
    };
  }

  private String row(String label, String outcome, String pages, String findings, String doubts) {
    return "  %s  %-12s %14s %12s %8s".formatted(padded(label), outcome, pages, findings, doubts);
  }

  private String padded(String label) {
    return label + " ".repeat(Math.max(0, width - label.length()));
  }

  private static String label(ImageLedger ledger) {
    ImageManifest manifest = ledger.manifest();
    return label(manifest == null ? "image " + ledger.imageId() : manifest.getName());
  }

  private static String label(String label) {
    return HostileText.printable(label, MOST_LABEL);
  }
}
