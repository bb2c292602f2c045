package io.pagestream.cases.explain;

import io.pagestream.cases.casefolder.StoredFinding;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.LabeledLines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The explanation of a page as lines for a terminal, without control characters. */
public final class StoryText {
  private static final int LABEL = 13;
  private static final int MOST_VALUE = 100;

  private final PageStory story;
  private final PolicyRows policy;
  private final LabeledLines out;

  private StoryText(PageStory story, PolicyRows policy, int width) {
    this.story = story;
    this.policy = policy;
    this.out = new LabeledLines(LABEL, width);
  }

  /**
   * The explanation in lines of at most {@code width} characters, unless a single word is longer.
   */
  public static List<String> lines(PageStory story, PolicyRows policy, int width) {
    StoryText text = new StoryText(story, policy, width);
    text.tell();
    return text.out.lines();
  }

  private void tell() {
    out.plain(
        "%s of %s"
            .formatted(
                Quantities.address(story.address()),
                HostileText.printable(story.image().name(), MOST_VALUE)));
    String page = "frame 0x" + Long.toHexString(Pages.frameNumber(story.page()));
    if (story.page() != story.address()) {
      page += ", which begins at " + Quantities.address(story.page());
    }
    say("page", page);
    AddressRange range = story.range();
    if (range == null) {
      outside();
      return;
    }
    range(range);
    PageSpan span = story.span();
    if (span == null) {
      absent();
      return;
    }
    say("content", StoryWords.content(span.content()));
    story.doubts().forEach(doubt -> say("doubt", DoubtText.line(doubt)));
    pageTables(span);
    decision(span);
    findings();
    alike(span);
  }

  private void range(AddressRange range) {
    String name =
        range.getName().isEmpty()
            ? ""
            : " (" + HostileText.printable(range.getName(), MOST_VALUE) + ")";
    say("range", extent(range) + ": " + StoryWords.kind(range.getKind()) + name);
    String source =
        range.getSource().isEmpty()
            ? ""
            : " (" + HostileText.printable(range.getSource(), MOST_VALUE) + ")";
    say("source", StoryWords.source(range.getProvenance()) + source);
  }

  private void outside() {
    boolean hole = story.rangeBefore() != null && story.rangeAfter() != null;
    say(
        "range",
        hole ? "none: in a hole of the range map" : "none: outside of all ranges of the range map");
    nearest(story.rangeBefore(), "before it");
    nearest(story.rangeAfter(), "after it");
    say("analysis", "none: no page at this address was judged or analyzed");
  }

  private void nearest(@Nullable AddressRange range, String where) {
    if (range == null) {
      return;
    }
    long distance =
        range.getPhysicalAddress() > story.address()
            ? range.getPhysicalAddress() - story.address()
            : story.address() - (StoredImage.end(range) - 1);
    say(
        "nearest",
        "%s %s: %s, %s away"
            .formatted(
                where,
                extent(range),
                StoryWords.kind(range.getKind()),
                Quantities.bytes(distance)));
  }

  private void absent() {
    say("content", "absent: the image has neither bytes nor a state for this page of the range");
    say("analysis", "none: no run contained the page, so it was neither judged nor analyzed");
    near("before it", story.spanBefore());
    near("after it", story.spanAfter());
  }

  private void near(String where, @Nullable PageSpan span) {
    if (span != null) {
      say("judged", where + " " + extent(span));
    }
  }

  /** The mappings found when the image was read. */
  private void pageTables(PageSpan span) {
    Mapping mapping = span.mapping();
    if (mapping == null) {
      say("page tables", "not read for this page");
      return;
    }
    long further = Pages.frameNumber(story.page() - span.physicalAddress());
    say("page tables", StoryWords.mappings(mapping));
    if (mapping.largePage()) {
      say("", "a large page (2 MiB, 4 MiB or 1 GiB) covers it");
    }
    if (mapping.pagingStructure()) {
      say("", "it contains page tables");
    }
    byShape(mapping.byShape());
    Mapping.Alias alias = mapping.further(further).alias();
    if (alias != null) {
      say("alias", at(alias.firstVirtualAddress()) + " as " + StoryWords.type(alias.firstType()));
      say("", tables(alias.firstRoot(), alias.firstRootByShape()));
      say(
          "conflict",
          at(alias.secondVirtualAddress()) + " as " + StoryWords.type(alias.secondType()));
      say("", tables(alias.secondRoot(), alias.secondRootByShape()));
    }
  }

  /** Mappings from page-table roots found by shape are a hint and do not affect the verdict. */
  private void byShape(Mapping.ByShape byShape) {
    if (byShape.mappings() > 0) {
      say(
          "by shape",
          StoryWords.mappings(byShape.mappings(), byShape.cacheTypes())
              + ", under page-table roots found only by their shape, which do not affect the"
              + " verdict");
    }
    if (byShape.largePage()) {
      say("", "one of these is a large page");
    }
    if (byShape.pagingStructure()) {
      say(byShape.mappings() > 0 ? "" : "by shape", "it looks like a page table under such roots");
    }
  }

  private static String tables(long root, boolean byShape) {
    return "(page tables at %s%s)"
        .formatted(Quantities.address(root), byShape ? ", found only by their shape" : "");
  }

  private static String at(long virtualAddress) {
    return "mapped at 0x" + Long.toHexString(virtualAddress);
  }

  private void decision(PageSpan span) {
    Decision decision = span.decision();
    say("requested", StoryWords.type(decision.requested()));
    say("established", StoryWords.type(decision.established()));
    String outcome =
        switch (decision.verdict()) {
          case MAPPED -> "mapped as " + StoryWords.type(decision.granted());
          case OVERRIDDEN ->
              "mapped, but as %s, the established type"
                  .formatted(StoryWords.type(decision.granted()));
          case REFUSED -> "refused";
        };
    String reason = decision.reason().isEmpty() ? "" : " (" + safe(decision.reason()) + ")";
    say("verdict", outcome + reason);
    policy
        .row(decision.profile(), decision.row())
        .ifPresentOrElse(
            row -> {
              say(
                  "decided by",
                  "row %d, %s: %s"
                      .formatted(
                          decision.row(),
                          row.profile().isEmpty()
                              ? "Pagestream's own rule"
                              : "profile " + row.profile(),
                          row.condition()));
              letters(row.condition(), decision);
              say("", "source: " + row.source());
            },
            () ->
                say(
                    "decided by",
                    "row %d, profile %s, not described in this version"
                        .formatted(decision.row(), safe(decision.profile()))));
    for (String hazard : decision.hazards()) {
      String words = StoryWords.hazard(hazard).map(text -> ": " + text).orElse("");
      say("hazard", safe(hazard) + words);
    }
    say("analysis", done(span));
  }

  /** The values of the letters in a condition for this page. */
  private void letters(String condition, Decision decision) {
    List<String> letters = new ArrayList<>();
    if (condition.matches(".*\\bE\\b.*")) {
      letters.add("E, the established type: " + Words.of(decision.established()));
    }
    if (condition.matches(".*\\bR\\b.*")) {
      letters.add("R, the requested type: " + Words.of(decision.requested()));
    }
    if (!letters.isEmpty()) {
      say("", "(" + String.join("; ", letters) + ")");
    }
  }

  private static String done(PageSpan span) {
    Unseen unseen = span.notAnalyzed();
    if (unseen != null) {
      return StoryWords.unseen(unseen);
    }
    if (!span.content().hasBytes()) {
      return "none: no bytes to analyze; counted as " + Words.of(span.content());
    }
    return span.decision().verdict() == VerdictKind.REFUSED
        ? "its bytes were analyzed despite the refusal: a verdict is a label"
        : "its bytes were analyzed";
  }

  private void findings() {
    if (story.findingCount() == 0) {
      say("findings", "none");
      return;
    }
    say("findings", Quantities.count(story.findingCount()) + " touch this page");
    for (StoredFinding finding : story.findings()) {
      String path = finding.path().isEmpty() ? "" : " in " + safe(finding.path());
      out.plain(
          " ".repeat(LABEL)
              + "%s  %s  %s%s"
                  .formatted(
                      Quantities.address(finding.address()),
                      safe(finding.kind()),
                      safe(finding.value()),
                      path));
    }
    long more = story.findingCount() - story.findings().size();
    if (more > 0) {
      say("", "… and " + Quantities.count(more) + " more");
    }
  }

  private void alike(PageSpan span) {
    say(
        "same facts",
        span.pageCount() == 1
            ? "only this page; adjacent pages differ"
            : "%s, %s pages".formatted(extent(span), Quantities.count(span.pageCount())));
  }

  private static String extent(PageSpan span) {
    return Quantities.address(span.physicalAddress())
        + " to "
        + Quantities.address(span.endAddress() - 1);
  }

  private static String extent(AddressRange range) {
    return Quantities.address(range.getPhysicalAddress())
        + " to "
        + Quantities.address(StoredImage.end(range) - 1);
  }

  private static String safe(String text) {
    return HostileText.printable(text, MOST_VALUE);
  }

  private void say(String label, String text) {
    out.say(label, text);
  }
}
