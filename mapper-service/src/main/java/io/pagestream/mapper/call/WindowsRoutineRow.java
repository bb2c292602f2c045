package io.pagestream.mapper.call;

import static io.pagestream.mapper.call.Routine.MM_COPY_MEMORY;
import static io.pagestream.mapper.call.Routine.MM_MAP_IO_SPACE_EX;

import io.pagestream.mapper.policy.DecisionRow;
import java.util.function.Predicate;

/**
 * Rows for routines of Windows other than MmMapIoSpace; {@code docs/cache-policy.md} contains the
 * same rows with the same numbers and their sources. They come before the rows of the profile; if
 * none applies, those decide.
 */
@SuppressWarnings("ImmutableEnumChecker") // the conditions are pure and capture nothing
enum WindowsRoutineRow implements DecisionRow<RoutineCase, RoutineOutcome> {
  INVALID_PROTECTION(
      20,
      c -> c.calls(MM_MAP_IO_SPACE_EX) && !c.type().valid(),
      RoutineOutcome.REFUSE,
      "invalid-protection"),
  INVALID_FLAGS(
      21,
      c -> c.calls(MM_COPY_MEMORY) && !c.type().valid(),
      RoutineOutcome.REFUSE,
      "invalid-flags"),
  COPY_NOT_MEMORY(
      22, c -> c.calls(MM_COPY_MEMORY) && c.notMemory(), RoutineOutcome.REFUSE, "not-memory"),
  COPY_UNDETERMINED(28, c -> c.calls(MM_COPY_MEMORY) && !c.memory(), RoutineOutcome.GRANT_E, ""),
  COPY_MEMORY(23, c -> c.calls(MM_COPY_MEMORY), RoutineOutcome.GRANT_E, ""),
  LOCKED_LARGE(
      24,
      c -> c.mapsLockedMemory() && c.facts().largePage(),
      RoutineOutcome.GRANT_WRITE_BACK,
      "large-page-cached"),
  LOCKED_NOT_ESTABLISHED(
      25, c -> c.mapsLockedMemory() && !c.established(), RoutineOutcome.GRANT_R, ""),
  LOCKED_SAME(26, c -> c.mapsLockedMemory() && c.asksEstablished(), RoutineOutcome.GRANT_R, ""),
  LOCKED_CONFLICT(27, RoutineCase::mapsLockedMemory, RoutineOutcome.GRANT_E, "established-type");

  private final Rule<RoutineCase, RoutineOutcome> rule;

  WindowsRoutineRow(
      int number, Predicate<RoutineCase> condition, RoutineOutcome outcome, String reason) {
    this.rule = new Rule<>(number, condition, outcome, reason);
  }

  @Override
  public Rule<RoutineCase, RoutineOutcome> rule() {
    return rule;
  }
}
