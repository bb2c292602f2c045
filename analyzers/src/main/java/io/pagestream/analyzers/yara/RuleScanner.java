package io.pagestream.analyzers.yara;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.ADDRESS_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates compiled rules on stretches of memory; for one thread. */
final class RuleScanner implements AutoCloseable {
  /** Matches of strings that are kept of one rule. */
  static final int MOST_PLACES = 32;

  /** Matches of one string that are read; further ones are counted. */
  private static final int MOST_OF_A_STRING = 256;

  /** Time for one stretch, beyond which libyara gives up. */
  private static final int TIMEOUT_SECONDS = 20;

  private final LibYara yara = LibYara.get();
  private final StructLayout layout = StructLayout.measured();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scanner;
  private final Map<Long, Rule> rules = new HashMap<>();
  private List<RuleMatch> matches = new ArrayList<>();
  private @Nullable Throwable failure;

  RuleScanner(CompiledRules compiled) {
    try {
      MemorySegment out = arena.allocate(ADDRESS);
      LibYara.check(
          "yr_scanner_create", (int) yara.scannerCreate.invokeExact(compiled.pointer(), out));
      scanner = out.get(ADDRESS_UNALIGNED, 0);
      yara.scannerSetCallback.invokeExact(scanner, callback(), MemorySegment.NULL);
      yara.scannerSetTimeout.invokeExact(scanner, TIMEOUT_SECONDS);
      yara.scannerSetFlags.invokeExact(scanner, LibYara.NO_TRYCATCH | LibYara.REPORT_MATCHING);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw LibYara.missing("yr_scanner_create failed").causedBy(e);
    }
  }

  @SuppressWarnings("restricted")
  private MemorySegment callback() throws NoSuchMethodException, IllegalAccessException {
    MethodType type =
        MethodType.methodType(
            int.class, MemorySegment.class, int.class, MemorySegment.class, MemorySegment.class);
    return Linker.nativeLinker()
        .upcallStub(
            MethodHandles.lookup().findVirtual(RuleScanner.class, "message", type).bindTo(this),
            LibYara.ON_MESSAGE,
            arena);
  }

  /**
   * The rules that are true for a stretch of memory, in the order in which they were compiled.
   *
   * @param bytes native memory
   * @throws IllegalStateException if libyara gives up on it
   */
  List<RuleMatch> scan(MemorySegment bytes) {
    matches = new ArrayList<>();
    failure = null;
    int status;
    try {
      status = (int) yara.scannerScan.invokeExact(scanner, bytes, bytes.byteSize());
    } catch (Throwable e) {
      throw new IllegalStateException("yr_scanner_scan_mem", e);
    }
    if (failure != null) {
      throw new IllegalStateException("a match of a rule cannot be read", failure);
    }
    if (status != LibYara.SUCCESS) {
      throw new IllegalStateException(
          status == LibYara.SCAN_TIMEOUT
              ? "the rules of YARA took longer than %d s".formatted(TIMEOUT_SECONDS)
              : "yr_scanner_scan_mem failed with status " + status);
    }
    return matches;
  }

  /** Called by libyara. An exception must not leave it: it would end the process. */
  @SuppressWarnings("unused")
  private int message(MemorySegment context, int message, MemorySegment data, MemorySegment user) {
    if (message == LibYara.RULE_MATCHING) {
      try {
        matches.add(read(context, data));
      } catch (Throwable e) {
        failure = e;
        return LibYara.STOP_WITH_ERROR;
      }
    }
    return LibYara.CONTINUE;
  }

  @SuppressWarnings("restricted")
  private RuleMatch read(MemorySegment context, MemorySegment data) {
    Rule rule = rules.computeIfAbsent(data.address(), address -> Rule.read(data, layout));
    MemorySegment lists =
        context
            .reinterpret(layout.contextMatches() + ADDRESS.byteSize())
            .get(ADDRESS_UNALIGNED, layout.contextMatches());
    List<RuleMatch.Place> places = new ArrayList<>();
    long count = 0;
    for (Rule.Text string : rule.strings()) {
      MemorySegment list =
          MemorySegment.ofAddress(
                  lists.address() + (long) string.index() * StructLayout.MATCHES_BYTES)
              .reinterpret(StructLayout.MATCHES_BYTES);
      count += readAll(string.name(), list, places);
    }
    places.sort(
        Comparator.comparingInt(RuleMatch.Place::offset).thenComparing(RuleMatch.Place::name));
    List<RuleMatch.Place> kept =
        List.copyOf(places.subList(0, Math.min(MOST_PLACES, places.size())));
    return new RuleMatch(rule, kept, count - kept.size());
  }

  /** Reads the matches of one string; returns their number. */
  @SuppressWarnings("restricted")
  private static long readAll(String name, MemorySegment list, List<RuleMatch.Place> places) {
    MemorySegment next = list.get(ADDRESS_UNALIGNED, 0);
    int read = 0;
    int hidden = 0;
    while (!next.equals(MemorySegment.NULL) && read < MOST_OF_A_STRING) {
      MemorySegment match = next.reinterpret(StructLayout.Match.PRIVATE + 4L);
      if (match.get(JAVA_BOOLEAN, StructLayout.Match.PRIVATE)) {
        hidden++;
      } else {
        places.add(
            new RuleMatch.Place(
                name,
                (int) match.get(JAVA_LONG_UNALIGNED, StructLayout.Match.OFFSET),
                match.get(JAVA_INT_UNALIGNED, StructLayout.Match.LENGTH)));
      }
      read++;
      next = match.get(ADDRESS_UNALIGNED, StructLayout.Match.NEXT);
    }
    return Math.max(list.get(JAVA_INT_UNALIGNED, 16), read) - (long) hidden;
  }

  @Override
  public void close() {
    try {
      yara.scannerDestroy.invokeExact(scanner);
    } catch (Throwable e) {
      throw new IllegalStateException("yr_scanner_destroy", e);
    }
    arena.close();
  }
}
