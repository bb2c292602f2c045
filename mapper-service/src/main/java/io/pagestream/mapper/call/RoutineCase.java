package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.PageFacts;
import io.pagestream.mapper.policy.WindowsAttribute;
import io.pagestream.schemas.avro.CacheType;

/**
 * One case for the rows of routines.
 *
 * @param routine the routine
 * @param type its type argument
 * @param facts the pages
 * @param mixed whether the call covers memory and other addresses
 */
record RoutineCase(Routine routine, CallType type, PageFacts facts, boolean mixed) {
  boolean calls(Routine other) {
    return routine == other;
  }

  boolean memory() {
    return facts.inPfnDatabase();
  }

  /** Whether a source says that it is not memory. */
  boolean notMemory() {
    return !memory() && !facts.undetermined();
  }

  /** A valid MmMapLockedPagesSpecifyCache of memory. */
  boolean mapsLockedMemory() {
    return calls(Routine.MM_MAP_LOCKED_PAGES) && type.valid() && memory();
  }

  boolean established() {
    return attribute() != WindowsAttribute.NOT_MAPPED && attribute() != WindowsAttribute.NOT_KNOWN;
  }

  boolean asksEstablished() {
    return attribute() == WindowsAttribute.of(type.requested());
  }

  boolean asks(CacheType wanted) {
    return type.requested() == wanted;
  }

  private WindowsAttribute attribute() {
    return WindowsAttribute.of(facts.established());
  }
}
