package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.VerdictKind;
import java.util.function.Predicate;

/**
 * The decision table of the {@code strict} profile, which does not correspond to a system:
 * everything that a system would override, or grant in addition to another mapping, is refused.
 * {@code docs/cache-policy.md} contains the same rows with the same numbers. The first row whose
 * condition holds decides.
 */
@SuppressWarnings("ImmutableEnumChecker") // the conditions are pure and capture nothing
enum StrictRow implements DecisionRow<StrictCase, VerdictKind> {
  INVALID(0, StrictCase::invalid, VerdictKind.REFUSED, "invalid-request"),
  MIXED(1, c -> c.facts().partlyMemory(), VerdictKind.REFUSED, "partly-memory"),
  ALIASED(2, c -> c.facts().aliased(), VerdictKind.REFUSED, "cache-alias"),
  LARGE_NOT_CACHED(
      3, c -> c.facts().largePage() && !c.asksCached(), VerdictKind.REFUSED, "large-page"),
  LIVE_CONFLICT(
      4, c -> c.conflictsWith(c.facts().liveMapping()), VerdictKind.REFUSED, "io-conflict"),
  CONFLICT(5, c -> c.conflictsWith(c.facts().established()), VerdictKind.REFUSED, "cache-conflict"),
  NO_CONFLICT(6, c -> true, VerdictKind.MAPPED, "");

  private final Rule<StrictCase, VerdictKind> rule;

  StrictRow(int number, Predicate<StrictCase> condition, VerdictKind outcome, String reason) {
    this.rule = new Rule<>(number, condition, outcome, reason);
  }

  @Override
  public Rule<StrictCase, VerdictKind> rule() {
    return rule;
  }
}
