package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Profile {@code windows}: the behavior of MmMapIoSpace and related functions, by the table in
 * {@link WindowsRow}.
 */
record WindowsPolicy(WindowsOptions options) implements CachePolicy {
  static final String NAME = "windows";

  /** A large page that is not cached cannot occur on a healthy system. */
  private static final String INCONSISTENT_MAP = "inconsistent-map";

  private static final WindowsRow[] ROWS = WindowsRow.values();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> choices() {
    return Map.of(
        "os-build",
        Integer.toString(options.osBuild()),
        "io-conflict",
        options.ioConflict().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public int typeNumber(RequestedType type) {
    return type.windows()
        .orElseThrow(() ->
            PagestreamException.of(
                ErrorCode.USAGE,
                "Windows has no cache type '" + type.word() + "'",
                "request another type, or choose another profile"))
        .value();
  }

  @Override
  public Optional<RequestedType> requestFor(CacheType established) {
    return switch (WindowsAttribute.of(established)) {
      case CACHED -> Optional.of(RequestedType.CACHED);
      case NON_CACHED -> Optional.of(RequestedType.UNCACHED);
      case WRITE_COMBINED -> Optional.of(RequestedType.WRITE_COMBINED);
      case NOT_MAPPED, NOT_KNOWN -> Optional.empty();
    };
  }

  @Override
  public Verdict judge(PageFacts facts, MappingRequest request) {
    WindowsCase question = new WindowsCase(facts, request, options);
    WindowsRow row = DecisionRow.first(ROWS, question);
    return switch (row.outcome()) {
      case REFUSE -> refuse(question, row);
      case GRANT_R -> map(question, row);
      case GRANT_E -> override(question, row, question.established(), facts.established());
      case IO_CHOICE ->
          switch (options.ioConflict()) {
            case REJECT -> refuse(question, row);
            case OVERRIDE ->
                row == WindowsRow.UNDETERMINED_CONFLICT
                    ? override(question, row, question.established(), facts.established())
                    : override(question, row, question.live(), facts.liveMapping());
            case ALLOW -> map(question, row);
          };
      case ADD_HAZARD -> throw new AssertionError("row " + row.number() + " decides nothing");
    };
  }

  private static Verdict refuse(WindowsCase question, WindowsRow row) {
    return Verdict.refused(
        row, requestedType(question), question.facts().established(), hazards(question, row));
  }

  private static Verdict map(WindowsCase question, WindowsRow row) {
    return Verdict.mapped(
        row, requestedType(question), question.facts().established(), hazards(question, row));
  }

  private static Verdict override(
      WindowsCase question, WindowsRow row, WindowsAttribute winner, CacheType granted) {
    return Verdict.overridden(
        row,
        winner.overrideReason(),
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
    List<String> hazards = new ArrayList<>(3);
    switch (row) {
      case LARGE_NOT_CACHED, LARGE_CACHED -> {
        if (question.established() != WindowsAttribute.CACHED) {
          hazards.add(INCONSISTENT_MAP);
        }
      }
      default -> {}
    }
    switch (row) {
      case LARGE_CACHED, NOT_KNOWN_TYPE, NOT_ESTABLISHED, SAME, CONFLICT -> {
        if (WindowsRow.UNLOCKED.applies(question)) {
          hazards.add(WindowsRow.UNLOCKED.reason());
        }
      }
      default -> {}
    }
    switch (row) {
      case NOT_KNOWN_TYPE, IO_NOT_KNOWN -> hazards.add(Hazards.TYPE_UNKNOWN);
      default -> {}
    }
    if (row != WindowsRow.INVALID) {
      hazards.addAll(Hazards.of(question.facts()));
    }
    return hazards;
  }
}
