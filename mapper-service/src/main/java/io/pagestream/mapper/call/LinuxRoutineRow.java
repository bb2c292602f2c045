package io.pagestream.mapper.call;

import static io.pagestream.mapper.call.Routine.IOREMAP;
import static io.pagestream.mapper.call.Routine.MEMREMAP;

import io.pagestream.mapper.policy.DecisionRow;
import io.pagestream.schemas.avro.CacheType;
import java.util.function.Predicate;

/**
 * Rows for ioremap and memremap, which check a call before they reserve its memory type; {@code
 * docs/cache-policy.md} contains the same rows with the same numbers and their sources. If none
 * applies, the rows of the profile decide.
 */
@SuppressWarnings("ImmutableEnumChecker") // the conditions are pure and capture nothing
enum LinuxRoutineRow implements DecisionRow<RoutineCase, RoutineOutcome> {
  IOREMAP_RAM(20, c -> c.calls(IOREMAP) && c.memory(), RoutineOutcome.REFUSE, "ioremap-on-ram"),
  MEMREMAP_FLAG(
      21, c -> c.calls(MEMREMAP) && !c.type().valid(), RoutineOutcome.REFUSE, "no-such-flag"),
  MEMREMAP_MIXED(22, c -> c.calls(MEMREMAP) && c.mixed(), RoutineOutcome.REFUSE, "partly-ram"),
  MEMREMAP_DIRECT(
      23,
      c -> c.calls(MEMREMAP) && c.memory() && c.asks(CacheType.WRITE_BACK),
      RoutineOutcome.GRANT_E,
      "direct-map"),
  MEMREMAP_RAM(24, c -> c.calls(MEMREMAP) && c.memory(), RoutineOutcome.REFUSE, "memremap-on-ram");

  private final Rule<RoutineCase, RoutineOutcome> rule;

  LinuxRoutineRow(
      int number, Predicate<RoutineCase> condition, RoutineOutcome outcome, String reason) {
    this.rule = new Rule<>(number, condition, outcome, reason);
  }

  @Override
  public Rule<RoutineCase, RoutineOutcome> rule() {
    return rule;
  }
}
