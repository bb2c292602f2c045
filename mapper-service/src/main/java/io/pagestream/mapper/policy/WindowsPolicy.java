package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Profile {@code windows}: what MmMapIoSpace and its neighbours do, by the table in {@link
 * WindowsRow}.
 */
final class WindowsPolicy implements CachePolicy {
  static final String NAME = "windows";

  /** A large page that is not cached cannot occur on a healthy system. */
  private static final String INCONSISTENT_MAP = "inconsistent-map";

  private static final WindowsRow[] ROWS = WindowsRow.values();

  private final WindowsOptions options;

  WindowsPolicy(WindowsOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int typeNumber(CacheType type) {
    return switch (WindowsAttribute.of(type)) {
      case NON_CACHED -> MemoryCachingType.MM_NON_CACHED.value();
      case CACHED -> MemoryCachingType.MM_CACHED.value();
      case WRITE_COMBINED -> MemoryCachingType.MM_WRITE_COMBINED.value();
      case NOT_MAPPED -> MemoryCachingType.MM_NOT_MAPPED;
    };
  }

  @Override
  public Verdict judge(PageFacts facts, MappingRequest request) {
    WindowsCase question = new WindowsCase(facts, request, options);
    WindowsRow row = rowFor(question);
    return switch (row.outcome()) {
      case REFUSE -> refuse(question, row);
      case GRANT_R -> map(question, row);
      case GRANT_E -> override(question, row, question.established(), facts.established());
      case IO_CHOICE ->
          switch (options.ioConflict()) {
            case REJECT -> refuse(question, row);
            case OVERRIDE -> override(question, row, question.live(), facts.liveMapping());
            case ALLOW -> map(question, row);
          };
      case ADD_HAZARD -> throw new AssertionError("row " + row.number() + " decides nothing");
    };
  }

  private static WindowsRow rowFor(WindowsCase question) {
    for (WindowsRow row : ROWS) {
      if (row.applies(question)) {
        return row;
      }
    }
    throw new AssertionError("the table is complete, but not for " + question);
  }

  private static Verdict refuse(WindowsCase question, WindowsRow row) {
    return verdict(question, row, VerdictKind.REFUSED, row.reason(), CacheType.UNKNOWN);
  }

  private static Verdict map(WindowsCase question, WindowsRow row) {
    return verdict(question, row, VerdictKind.MAPPED, "", requestedType(question));
  }

  private static Verdict override(
      WindowsCase question, WindowsRow row, WindowsAttribute winner, CacheType granted) {
    return verdict(question, row, VerdictKind.OVERRIDDEN, winner.overrideReason(), granted);
  }

  private static Verdict verdict(
      WindowsCase question, WindowsRow row, VerdictKind kind, String reason, CacheType granted) {
    return new Verdict(
        kind,
        row.number(),
        reason,
        requestedType(question),
        question.facts().established(),
        granted,
        hazards(question, row));
  }

  private static CacheType requestedType(WindowsCase question) {
    return Optional.ofNullable(question.requested())
        .map(WindowsAttribute::cacheType)
        .orElse(CacheType.UNKNOWN);
  }

  private static List<String> hazards(WindowsCase question, WindowsRow row) {
    List<String> hazards = new ArrayList<>(2);
    switch (row) {
      case LARGE_NOT_CACHED, LARGE_CACHED -> {
        if (question.established() != WindowsAttribute.CACHED) {
          hazards.add(INCONSISTENT_MAP);
        }
      }
      default -> {}
    }
    switch (row) {
      case LARGE_CACHED, NOT_ESTABLISHED, SAME, CONFLICT -> {
        if (WindowsRow.UNLOCKED.applies(question)) {
          hazards.add(WindowsRow.UNLOCKED.reason());
        }
      }
      default -> {}
    }
    return hazards;
  }
}
