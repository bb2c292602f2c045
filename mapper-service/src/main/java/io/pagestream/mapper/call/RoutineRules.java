package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.mapper.policy.DecisionRow;
import io.pagestream.mapper.policy.Hazards;
import io.pagestream.mapper.policy.MappingRequest;
import io.pagestream.mapper.policy.PageFacts;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/** Judges pages of a call: the rows of its routine, then those of the profile. */
final class RoutineRules {
  private static final String UNLOCKED = "unlocked";

  private RoutineRules() {}

  /**
   * The verdict on pages with equal facts.
   *
   * @param start physical address of the first page
   * @param mixed whether the call covers memory and other addresses
   */
  static Verdict judge(
      CachePolicy policy, MappingCall call, PageFacts facts, long start, boolean mixed) {
    RoutineCase question = new RoutineCase(call.routine(), call.type(), facts, mixed);
    for (DecisionRow<RoutineCase, RoutineOutcome> row : rows(call.routine())) {
      if (row.applies(question)) {
        return decide(row, question);
      }
    }
    boolean partlyMemory = mixed && call.routine() == Routine.MAPPING;
    Verdict verdict =
        policy.judge(
            facts.partly(partlyMemory),
            new MappingRequest(start, Pages.SIZE, call.type().number(call.routine())));
    return call.routine() == Routine.MM_MAP_LOCKED_PAGES ? locked(verdict) : verdict;
  }

  private static DecisionRow<RoutineCase, RoutineOutcome>[] rows(Routine routine) {
    return switch (routine) {
      case MM_MAP_IO_SPACE, MM_MAP_IO_SPACE_EX, MM_COPY_MEMORY, MM_MAP_LOCKED_PAGES ->
          WindowsRoutineRow.values();
      case IOREMAP, MEMREMAP -> LinuxRoutineRow.values();
      case MAPPING -> NO_ROWS;
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static final DecisionRow<RoutineCase, RoutineOutcome>[] NO_ROWS = new DecisionRow[0];

  private static Verdict decide(
      DecisionRow<RoutineCase, RoutineOutcome> row, RoutineCase question) {
    CacheType established = question.facts().established();
    CacheType requested = question.type().requested();
    List<String> hazards = Hazards.of(question.facts());
    return switch (row.outcome()) {
      case REFUSE -> Verdict.refused(row, requested, established, hazards);
      case GRANT_R -> Verdict.mapped(row, requested, established, hazards);
      case GRANT_E -> {
        boolean none = established == CacheType.UNKNOWN || established == CacheType.NOT_ESTABLISHED;
        yield grant(row, none ? CacheType.WRITE_BACK : established, question, hazards);
      }
      case GRANT_WRITE_BACK -> grant(row, CacheType.WRITE_BACK, question, hazards);
    };
  }

  /** Granting anything but what is requested is an override; a copy requests no type. */
  private static Verdict grant(
      DecisionRow<RoutineCase, RoutineOutcome> row,
      CacheType granted,
      RoutineCase question,
      List<String> hazards) {
    CacheType established = question.facts().established();
    CacheType requested = question.type().requested();
    return requested == CacheType.UNKNOWN || requested == granted
        ? Verdict.mapped(row, granted, established, hazards)
        : Verdict.overridden(row, row.reason(), requested, established, granted, hazards);
  }

  /** The pages of an MDL are locked. */
  private static Verdict locked(Verdict verdict) {
    return new Verdict(
        verdict.kind(),
        verdict.row(),
        verdict.reason(),
        verdict.requested(),
        verdict.established(),
        verdict.granted(),
        verdict.hazards().stream().filter(hazard -> !hazard.equals(UNLOCKED)).toList());
  }
}
