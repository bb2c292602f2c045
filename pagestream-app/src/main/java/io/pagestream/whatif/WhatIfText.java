package io.pagestream.whatif;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.explain.PolicyRow;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.images.pagetable.SelectedMappings;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.text.LabeledLines;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer as lines for a terminal, without control characters. */
public final class WhatIfText {
  private static final int LABEL_WIDTH = 14;
  private static final int MOST_RUNS = 100;
  private static final int MOST_DOUBTS = 5;

  private final WhatIf answer;
  private final PolicyRows rows;
  private final LabeledLines out;

  private WhatIfText(WhatIf answer, PolicyRows rows, int width) {
    this.answer = answer;
    this.rows = rows;
    this.out = new LabeledLines(LABEL_WIDTH, width);
  }

  /** The lines, at most {@code width} characters wide unless a single word is longer. */
  public static List<String> lines(WhatIf answer, PolicyRows rows, int width) {
    WhatIfText text = new WhatIfText(answer, rows, width);
    text.all();
    return text.out.lines();
  }

  private void all() {
    answer.results().forEach(this::call);
    answer
        .mappings()
        .ifPresent(mappings -> {
          out.say("page tables", tables(mappings));
          mappings.warnings().forEach(warning -> out.say("warning", warning));
        });
    answer.doubts().stream()
        .limit(MOST_DOUBTS)
        .forEach(doubt -> out.say("DOUBT", DoubtText.line(doubt)));
    if (answer.doubts().size() > MOST_DOUBTS) {
      out.say("DOUBT", "and %d more".formatted(answer.doubts().size() - MOST_DOUBTS));
    }
    answer.contradictions().forEach(line -> out.say("contradiction", HostileText.printable(line)));
  }

  private static String tables(SelectedMappings mappings) {
    if (!mappings.wereRead()) {
      return mappings.state();
    }
    List<String> roots = mappings.roots().stream().limit(8).map(WhatIfText::hex).toList();
    return "%s; named roots: %s%s"
        .formatted(
            mappings.state(),
            String.join(" ", roots),
            mappings.roots().size() > roots.size() ? " …" : "");
  }

  private void call(CallResult result) {
    MappingCall call = result.call();
    String number = answer.results().size() > 1 ? "call %d: ".formatted(result.number()) : "";
    out.plain(
        "%s%s(0x%x, 0x%x, %s) on %s"
            .formatted(
                number,
                call.routine().title(),
                call.address(),
                call.length(),
                call.type().title(),
                HostileText.printable(answer.image())));
    if (result.problem().isPresent()) {
      out.say("problem", result.problem().get());
      decidedBy(CallResult.INVALID_ROW);
    } else {
      out.say("pages", Quantities.count(call.pageCount()) + pieces(call));
      result.runs().stream().limit(MOST_RUNS).forEach(this::run);
      if (result.runs().size() > MOST_RUNS) {
        out.say(
            "",
            "… and %,d more runs; use --json for all".formatted(result.runs().size() - MOST_RUNS));
      }
    }
    out.say("result", ReturnValue.sentence(result));
    result
        .deciding()
        .ifPresent(run ->
            out.say(
                "because",
                "%s is refused (%s), and one refused page fails the call"
                    .formatted(hex(run.start()), run.verdict().reason())));
    instead(result);
    out.plain("");
  }

  private static String pieces(MappingCall call) {
    if (!call.virtual()) {
      return "";
    }
    long mapped = call.pages().stream().filter(MappingCall.PagesOfCall::mapped).count();
    return mapped > 1 && !call.routine().takesPageList()
        ? ", in %d physical pieces: %s takes consecutive physical pages, so this is %d calls"
            .formatted(mapped, call.routine().title(), mapped)
        : mapped == 1 ? ", in one physical piece" : ", in %d physical pieces".formatted(mapped);
  }

  private void run(CallResult.Run run) {
    out.plain(
        "%s to %s, %s"
            .formatted(
                hex(run.start()),
                hex(run.end() - 1),
                run.pageCount() == 1 ? "1 page" : Quantities.count(run.pageCount()) + " pages"));
    if (run.verdict().row() == CallResult.NOT_MAPPED_ROW) {
      out.say("  mapping", "none: no physical page at these virtual addresses");
      return;
    }
    out.say("  range", range(run.known().range()));
    out.say("  image", run.known().inImage() ? "has the bytes" : "absent");
    MappingSpan tables = run.known().tables();
    if (tables != null && tables.getPagingStructure()) {
      out.say("", "the pages contain page tables");
    }
    out.say("  has type", type(run) + ", " + EstablishedBy.sentence(run, answer.mappings()));
    EstablishedBy.conflict(run, answer.mappings()).ifPresent(text -> out.say("  also", text));
    out.say("  verdict", verdict(run.verdict()));
    decidedBy(run.verdict().row());
    boolean registers =
        isDevice(run.known().range()) && run.established() != CacheType.WRITE_COMBINING;
    if (registers && !run.verdict().refused()) {
      out.say("  caution", "this is not memory: reading device registers can have side effects");
    }
    if (!run.verdict().hazards().isEmpty()) {
      out.say("  hazards", String.join(", ", run.verdict().hazards()));
    }
  }

  private static boolean isDevice(@Nullable AddressRange range) {
    return range == null || range.getKind() == RangeKind.DEVICE;
  }

  private static String range(@Nullable AddressRange range) {
    if (range == null) {
      return "none: a hole of the range map, so neither memory nor a known device";
    }
    String source =
        range.getSource().isEmpty() ? Words.of(range.getProvenance()) : range.getSource();
    String name =
        range.getName().isEmpty() ? "" : " (" + HostileText.printable(range.getName(), 100) + ")";
    return "%s%s, source: %s"
        .formatted(Words.of(range.getKind()), name, HostileText.printable(source));
  }

  private static String verdict(Verdict verdict) {
    String reason = verdict.reason().isEmpty() ? "" : " (" + verdict.reason() + ")";
    return switch (verdict.kind()) {
      case MAPPED -> "granted as " + Words.of(verdict.granted());
      case OVERRIDDEN ->
          "granted, but as %s instead of %s%s"
              .formatted(Words.of(verdict.granted()), Words.of(verdict.requested()), reason);
      case REFUSED -> "refused" + reason;
    };
  }

  private void decidedBy(int number) {
    String profile = answer.policy().name();
    Optional<PolicyRow> row = rows.row(profile, number);
    out.say(
        "  decided by",
        "row %d, profile %s%s"
            .formatted(number, profile, row.map(found -> ": " + found.condition()).orElse("")));
    row.ifPresent(found -> out.say("", "source: " + found.source()));
  }

  private void instead(CallResult result) {
    if (result.problem().isPresent()) {
      return;
    }
    if (result.instead().isEmpty()) {
      out.say("instead", "nothing: all pages are granted with the requested type");
      return;
    }
    String label = "instead";
    for (CallResult.Advice advice : result.instead()) {
      out.say(
          label,
          "%s to %s: %s (%s)"
              .formatted(
                  hex(advice.start()),
                  hex(advice.end() - 1),
                  advice.call().isEmpty() ? "leave out" : advice.call(),
                  advice.why()));
      label = "";
    }
  }

  private static String type(CallResult.Run run) {
    return switch (run.established()) {
      case UNKNOWN -> "not known";
      case NOT_ESTABLISHED -> isUnmapped(run) ? "none yet" : "not known";
      default -> Words.of(run.established());
    };
  }

  /** Whether page tables were read to the end and do not map the pages. */
  private static boolean isUnmapped(CallResult.Run run) {
    MappingSpan tables = run.known().tables();
    return tables != null && tables.getEstablished() == CacheType.NOT_ESTABLISHED;
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
