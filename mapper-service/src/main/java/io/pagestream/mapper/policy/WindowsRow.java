package io.pagestream.mapper.policy;

import static io.pagestream.mapper.policy.WindowsAttribute.CACHED;
import static io.pagestream.mapper.policy.WindowsAttribute.NOT_KNOWN;
import static io.pagestream.mapper.policy.WindowsAttribute.NOT_MAPPED;

import java.util.function.Predicate;

/**
 * The decision table of the {@code windows} profile; {@code docs/cache-policy.md} contains the same
 * rows with the same numbers and their sources. The first row whose condition holds decides. E is
 * the established attribute, R the requested one, I that of a live I/O mapping.
 */
@SuppressWarnings("ImmutableEnumChecker") // the conditions are pure and capture nothing
enum WindowsRow implements DecisionRow<WindowsCase, WindowsOutcome> {
  INVALID(0, WindowsCase::invalid, WindowsOutcome.REFUSE, "invalid-request"),
  PAGING_STRUCTURE(
      1, WindowsCase::pagingStructureRefused, WindowsOutcome.REFUSE, "paging-structure"),
  UNDETERMINED_CONFLICT(
      12, WindowsCase::undeterminedConflict, WindowsOutcome.IO_CHOICE, "membership-unknown"),
  UNDETERMINED(11, c -> c.facts().undetermined(), WindowsOutcome.GRANT_R, ""),
  LARGE_NOT_CACHED(
      2,
      c -> c.inPfnDb() && c.large() && c.requested() != CACHED,
      WindowsOutcome.REFUSE,
      "large-page"),
  LARGE_CACHED(
      3, c -> c.inPfnDb() && c.large() && c.requested() == CACHED, WindowsOutcome.GRANT_R, ""),
  NOT_KNOWN_TYPE(13, c -> c.inPfnDb() && c.established() == NOT_KNOWN, WindowsOutcome.GRANT_R, ""),
  NOT_ESTABLISHED(4, c -> c.inPfnDb() && c.established() == NOT_MAPPED, WindowsOutcome.GRANT_R, ""),
  SAME(5, c -> c.inPfnDb() && c.established() == c.requested(), WindowsOutcome.GRANT_R, ""),
  CONFLICT(6, c -> c.inPfnDb() && c.established() != c.requested(), WindowsOutcome.GRANT_E, ""),
  IO_FREE(7, c -> !c.inPfnDb() && !c.liveMappingOverlaps(), WindowsOutcome.GRANT_R, ""),
  IO_NOT_KNOWN(14, c -> !c.inPfnDb() && c.live() == NOT_KNOWN, WindowsOutcome.GRANT_R, ""),
  IO_SAME(8, c -> !c.inPfnDb() && c.live() == c.requested(), WindowsOutcome.GRANT_R, ""),
  IO_CONFLICT(
      9, c -> !c.inPfnDb() && c.live() != c.requested(), WindowsOutcome.IO_CHOICE, "io-conflict"),
  /** Does not decide: adds the hazard {@code unlocked} to the decision of rows 3 to 6. */
  UNLOCKED(10, c -> c.inPfnDb() && !c.facts().locked(), WindowsOutcome.ADD_HAZARD, "unlocked");

  private final Rule<WindowsCase, WindowsOutcome> rule;

  WindowsRow(int number, Predicate<WindowsCase> condition, WindowsOutcome outcome, String reason) {
    this.rule = new Rule<>(number, condition, outcome, reason);
  }

  @Override
  public Rule<WindowsCase, WindowsOutcome> rule() {
    return rule;
  }
}
