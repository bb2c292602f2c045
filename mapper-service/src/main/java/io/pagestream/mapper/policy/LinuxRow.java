package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.function.Predicate;

/**
 * The decision table of the {@code linux} profile: {@code memtype_reserve} and how its callers use
 * the result. {@code docs/cache-policy.md} contains the same rows with the same numbers and their
 * sources. The first row whose condition holds decides; rows 5 and 8 only change the request. E is
 * the tag of a page of memory or the type of an overlapping entry, R the requested type.
 */
@SuppressWarnings("ImmutableEnumChecker") // the conditions are pure and capture nothing
enum LinuxRow implements DecisionRow<LinuxCase, LinuxOutcome> {
  INVALID(0, LinuxCase::invalid, LinuxOutcome.REFUSE, "invalid-request"),
  NO_PAT(1, LinuxCase::patDisabled, LinuxOutcome.GRANT_R, ""),
  ISA_WINDOW(2, LinuxCase::inIsaWindow, LinuxOutcome.GRANT_WRITE_BACK, "isa-window"),
  PARTLY_RAM(3, LinuxCase::partlyRam, LinuxOutcome.REFUSE, "partly-ram"),
  UNDETERMINED(16, LinuxCase::undeterminedWithoutConflict, LinuxOutcome.GRANT_R, ""),
  RAM_WRITE_PROTECTED(
      4,
      c -> c.reservesRam() && c.asks(CacheType.WRITE_PROTECTED),
      LinuxOutcome.REFUSE,
      "ram-write-protected"),
  RAM_UNCACHED(
      5,
      c -> c.reservesRam() && c.asks(CacheType.UNCACHED),
      LinuxOutcome.ASK_UNCACHED_MINUS,
      "ram-uncached"),
  RAM_BUSY(6, c -> c.reservesRam() && !c.tagIsWriteBack(), LinuxOutcome.REFUSE, "ram-busy"),
  RAM_FREE(7, LinuxCase::reservesRam, LinuxOutcome.GRANT_R, ""),
  MTRR(
      8,
      c -> c.isIo() && c.asks(CacheType.WRITE_BACK) && c.mtrrIsNotWriteBack(),
      LinuxOutcome.ASK_UNCACHED_MINUS,
      "mtrr-not-write-back"),
  IO_FREE(9, c -> c.isIo() && !c.overlaps(), LinuxOutcome.GRANT_R, ""),
  IO_EXACT(
      10,
      c -> c.overlaps() && !c.agrees() && c.takesNoOtherType(),
      LinuxOutcome.REFUSE,
      "io-conflict"),
  IO_EXISTING(
      11, c -> c.overlaps() && !c.aliased() && c.mayBecomeExisting(), LinuxOutcome.GRANT_E, ""),
  IO_ALIASED(12, c -> c.overlaps() && c.aliased(), LinuxOutcome.REFUSE, "cache-alias"),
  IO_NOT_ALLOWED(13, LinuxCase::overlaps, LinuxOutcome.REFUSE, "type-not-allowed"),
  MMAP_RAM_OTHER(14, c -> c.mapsRam() && !c.agrees(), LinuxOutcome.GRANT_E, ""),
  MMAP_RAM_SAME(15, LinuxCase::mapsRam, LinuxOutcome.GRANT_R, "");

  private final Rule<LinuxCase, LinuxOutcome> rule;

  LinuxRow(int number, Predicate<LinuxCase> condition, LinuxOutcome outcome, String reason) {
    this.rule = new Rule<>(number, condition, outcome, reason);
  }

  @Override
  public Rule<LinuxCase, LinuxOutcome> rule() {
    return rule;
  }
}
