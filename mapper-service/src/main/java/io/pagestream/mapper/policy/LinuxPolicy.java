package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Profile {@code linux}: the kernel's tracking of memory types, by the table in {@link LinuxRow}.
 */
record LinuxPolicy(LinuxOptions options) implements CachePolicy {
  static final String NAME = "linux";

  private static final LinuxRow[] ROWS = LinuxRow.values();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> choices() {
    return Map.of(
        "linux-call",
        options.call().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "linux-pat",
        Boolean.toString(options.patEnabled()));
  }

  @Override
  public int typeNumber(RequestedType type) {
    return CacheMode.of(type).value();
  }

  /** Rows 2 to 8 treat the ISA window, and all addresses below 1 MiB, differently. */
  @Override
  public List<Long> borders() {
    return List.of(LinuxCase.ISA_START, LinuxCase.ISA_END);
  }

  @Override
  public Verdict judge(PageFacts facts, MappingRequest request) {
    LinuxCase question = LinuxCase.of(facts, request, options);
    LinuxRow row = DecisionRow.first(ROWS, question);
    if (row.outcome() == LinuxOutcome.ASK_UNCACHED_MINUS) {
      LinuxCase changed = question.asking(CacheType.UNCACHED_MINUS);
      LinuxRow next = DecisionRow.first(ROWS, changed);
      // If the changed request is granted unchanged, the row that changed it is reported.
      return next.outcome() == LinuxOutcome.GRANT_R
          ? grant(question, row, changed.asked(), row.reason())
          : decide(question.asked(), changed, next);
    }
    return decide(question.asked(), question, row);
  }

  private static Verdict decide(CacheType requested, LinuxCase question, LinuxRow row) {
    LinuxCase original = question.asking(requested);
    return switch (row.outcome()) {
      case REFUSE ->
          Verdict.refused(row, requested, question.facts().established(), hazards(question, row));
      case GRANT_R -> grant(original, row, question.asked(), row.reason());
      case GRANT_WRITE_BACK -> grant(original, row, CacheType.WRITE_BACK, row.reason());
      case GRANT_E -> {
        CacheType granted = question.agrees() ? question.asked() : question.existing();
        yield grant(original, row, granted, existingReason(granted));
      }
      case ASK_UNCACHED_MINUS ->
          throw new AssertionError("row " + row.number() + " decides nothing");
    };
  }

  private static Verdict grant(
      LinuxCase question, LinuxRow row, CacheType granted, String otherwise) {
    CacheType requested = question.asked();
    CacheType established = question.facts().established();
    List<String> hazards = hazards(question, row);
    return granted == requested
        ? Verdict.mapped(row, requested, established, hazards)
        : Verdict.overridden(row, otherwise, requested, established, granted, hazards);
  }

  /** Reason that is recorded when rows 11 or 14 grant the established type. */
  static String existingReason(CacheType granted) {
    return "existing-" + granted.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> hazards(LinuxCase question, LinuxRow row) {
    return row == LinuxRow.INVALID ? List.of() : Hazards.of(question.facts());
  }
}
