package io.pagestream.mapper.call;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the calls that would be granted as requested, by judging them: one call for all pages if
 * there is one, otherwise one for each run.
 */
final class CallAdvice {
  private static final int MOST_PARTS = 64;

  private final Function<MappingCall, List<CallResult.Run>> judge;

  CallAdvice(Function<MappingCall, List<CallResult.Run>> judge) {
    this.judge = judge;
  }

  List<CallResult.Advice> of(MappingCall call, List<CallResult.Run> runs) {
    CallResult.Run first = runs.getFirst();
    List<CallResult.Advice> advice = new ArrayList<>();
    Optional<String> whole = callFor(call, kind(first));
    if (whole.isPresent()) {
      return List.of(
          new CallResult.Advice(whole.get(), first.start(), runs.getLast().end(), why(runs)));
    }
    for (CallResult.Run run : runs.subList(0, Math.min(runs.size(), MOST_PARTS))) {
      CallResult.Advice part = part(call, run);
      CallResult.Advice last = advice.isEmpty() ? null : advice.getLast();
      if (last != null
          && last.end() == part.start()
          && last.call().equals(part.call())
          && last.why().equals(part.why())) {
        advice.removeLast();
        advice.add(new CallResult.Advice(part.call(), last.start(), part.end(), part.why()));
      } else {
        advice.add(part);
      }
    }
    return advice;
  }

  private CallResult.Advice part(MappingCall call, CallResult.Run run) {
    if (run.verdict().row() == CallResult.NOT_MAPPED_ROW) {
      return new CallResult.Advice(
          "", run.start(), run.end(), "no physical page at these virtual addresses");
    }
    MappingCall alone =
        MappingCall.physical(
            call.routine(), call.type(), run.start(), run.end() - run.start(), call.addressBits());
    String found = callFor(alone, kind(run)).orElse("");
    String why = found.isEmpty() ? "no call of this system grants these pages" : why(List.of(run));
    return new CallResult.Advice(found, run.start(), run.end(), why);
  }

  /** Device memory that is mapped write-combining can be read without side effects. */
  private static String why(List<CallResult.Run> runs) {
    boolean registers =
        runs.stream()
            .anyMatch(run ->
                kind(run) == RangeKind.DEVICE && run.established() != CacheType.WRITE_COMBINING);
    return registers
        ? "granted as requested, but reading device registers can have side effects"
        : "granted as requested";
  }

  private Optional<String> callFor(MappingCall call, RangeKind kind) {
    for (Routine routine : routines(call.routine())) {
      List<CallType> types = new ArrayList<>(CallTypes.choices(routine));
      types.sort(Comparator.comparing(type -> type.requested() != preferred(kind)));
      for (CallType type : types) {
        if (CallJudge.isAsRequested(judge.apply(call.with(routine, type)))) {
          return Optional.of("%s with %s".formatted(routine.title(), type.title()));
        }
      }
    }
    return Optional.empty();
  }

  /** The routine itself, then the system's others for the same purpose. */
  private static List<Routine> routines(Routine routine) {
    return switch (routine) {
      case MM_MAP_IO_SPACE, MM_MAP_IO_SPACE_EX -> List.of(routine, Routine.MM_COPY_MEMORY);
      case MM_COPY_MEMORY -> List.of(routine, Routine.MM_MAP_IO_SPACE);
      case MM_MAP_LOCKED_PAGES -> List.of(routine, Routine.MM_COPY_MEMORY);
      case IOREMAP -> List.of(routine, Routine.MEMREMAP);
      case MEMREMAP -> List.of(routine, Routine.IOREMAP);
      case MAPPING -> List.of(routine);
    };
  }

  private static RangeKind kind(CallResult.Run run) {
    AddressRange range = run.known().range();
    return range == null ? RangeKind.DEVICE : range.getKind();
  }

  private static CacheType preferred(RangeKind kind) {
    return switch (kind) {
      case RAM, ACPI, PERSISTENT, UNKNOWN -> CacheType.WRITE_BACK;
      case DEVICE, FIRMWARE_RESERVED -> CacheType.UNCACHED;
      case FRAME_BUFFER -> CacheType.WRITE_COMBINING;
    };
  }
}
