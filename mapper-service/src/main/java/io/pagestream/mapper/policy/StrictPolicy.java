package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import java.util.Map;

/** Profile {@code strict}: any conflict refuses, by the table in {@link StrictRow}. */
final class StrictPolicy implements CachePolicy {
  static final String NAME = "strict";

  private static final StrictRow[] ROWS = StrictRow.values();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> choices() {
    return Map.of();
  }

  /** The value of a PAT entry (IA32_PAT, MSR 0x277). */
  @Override
  public int typeNumber(RequestedType type) {
    return switch (type) {
      case UNCACHED, NON_CACHED_UNORDERED -> 0;
      case WRITE_COMBINED, USWC_CACHED -> 1;
      case WRITE_THROUGH -> 4;
      case WRITE_PROTECTED -> 5;
      case CACHED, HARDWARE_COHERENT_CACHED -> 6;
      case UNCACHED_MINUS -> 7;
    };
  }

  @Override
  public Verdict judge(PageFacts facts, MappingRequest request) {
    StrictCase question = new StrictCase(facts, request);
    StrictRow row = DecisionRow.first(ROWS, question);
    CacheType requested = question.requested();
    return row.outcome() == VerdictKind.REFUSED
        ? Verdict.refused(row, requested, facts.established(), List.of())
        : Verdict.mapped(row, requested, facts.established(), Hazards.of(facts));
  }
}
