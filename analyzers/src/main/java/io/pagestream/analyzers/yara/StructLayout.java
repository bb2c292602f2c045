package io.pagestream.analyzers.yara;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where libyara's structures hold what its API passes only by pointer. The structures of {@code
 * yara/types.h} differ between minor versions, and the library does not state its version, so two
 * offsets are measured: a rule with a known name is matched at a known offset, and both are
 * searched for.
 *
 * @param ruleName offset of the pointer to the name in {@code YR_RULE}; the pointers to tags,
 *     metadata, strings and namespace follow it
 * @param contextMatches offset of the pointer to the array of matches in {@code YR_SCAN_CONTEXT}
 */
record StructLayout(int ruleName, int contextMatches) {
  /** Size of {@code YR_MATCHES}: pointers to the first and the last match, a count. */
  static final int MATCHES_BYTES = 24;

  /** Size of {@code YR_STRING}. */
  static final int STRING_BYTES = 56;

  /** Size of {@code YR_META}. */
  static final int META_BYTES = 32;

  private static final String NAME = "pagestream_probe";
  private static final String TEXT = "PAGESTREAM-PROBE";
  private static final int AT = 37;
  private static final int LARGEST_CONTEXT = 1024;

  /** The layout of the installed library; measured once. */
  static StructLayout measured() {
    return Measured.LAYOUT;
  }

  private static final class Measured {
    static final StructLayout LAYOUT = measure(LibYara.get());
  }

  /** Receives the one match of the probe. */
  private static final class Probe {
    private int ruleName = -1;
    private int contextMatches = -1;

    @SuppressWarnings("unused") // called by libyara
    int message(MemorySegment context, int message, MemorySegment data, MemorySegment user) {
      if (message == LibYara.RULE_MATCHING) {
        try (ProcessMemory memory = new ProcessMemory()) {
          ruleName = first(0, 64, at -> isName(memory, data.address() + at)).orElse(-1);
          contextMatches =
              first(0, LARGEST_CONTEXT, at -> isMatch(memory, context.address() + at)).orElse(-1);
        }
      }
      return LibYara.CONTINUE;
    }

    private static OptionalInt first(int from, int to, IntPredicate test) {
      return IntStream.iterate(from, at -> at < to, at -> at + 8).filter(test).findFirst();
    }

    private static boolean isName(ProcessMemory memory, long address) {
      return memory.text(memory.pointer(address), NAME.length() + 1).equals(NAME + "\0");
    }

    private static boolean isMatch(ProcessMemory memory, long address) {
      long first = memory.pointer(memory.pointer(address));
      return first != 0
          && memory.pointer(first) == 0
          && memory.pointer(first + Match.OFFSET) == AT
          && (int) memory.pointer(first + Match.LENGTH) == TEXT.length();
    }
  }

  /**
   * Offsets in {@code YR_MATCH}, the same in all versions of YARA 4. Matches lie at any address,
   * not only at multiples of 8.
   */
  static final class Match {
    static final int OFFSET = 8;
    static final int LENGTH = 16;
    static final int NEXT = 40;
    static final int PRIVATE = 52;

    private Match() {}
  }

  /** Offsets in {@code YR_STRING}, the same in all versions of YARA 4. */
  static final class PatternString {
    static final int FLAGS = 0;
    static final int INDEX = 4;
    static final int NAME = 48;
    static final int LAST_IN_RULE = 0x1000;

    private PatternString() {}
  }

  private static StructLayout measure(LibYara yara) {
    String rule = "rule %s { strings: $probe = \"%s\" condition: $probe }".formatted(NAME, TEXT);
    try (Arena arena = Arena.ofConfined()) {
      Probe probe = new Probe();
      MemorySegment out = arena.allocate(ADDRESS);
      LibYara.check("yr_compiler_create", (int) yara.compilerCreate.invokeExact(out));
      MemorySegment compiler = out.get(ADDRESS, 0);
      int errors =
          (int)
              yara.compilerAddString.invokeExact(
                  compiler, arena.allocateFrom(rule), MemorySegment.NULL);
      LibYara.check("yr_compiler_add_string", errors);
      LibYara.check(
          "yr_compiler_get_rules", (int) yara.compilerGetRules.invokeExact(compiler, out));
      MemorySegment rules = out.get(ADDRESS, 0);
      yara.compilerDestroy.invokeExact(compiler);
      LibYara.check("yr_scanner_create", (int) yara.scannerCreate.invokeExact(rules, out));
      MemorySegment scanner = out.get(ADDRESS, 0);
      yara.scannerSetCallback.invokeExact(scanner, callback(probe, arena), MemorySegment.NULL);
      yara.scannerSetFlags.invokeExact(scanner, LibYara.NO_TRYCATCH | LibYara.REPORT_MATCHING);
      MemorySegment memory = arena.allocate(AT + TEXT.length() + 64L);
      memory.setString(AT, TEXT);
      int status = (int) yara.scannerScan.invokeExact(scanner, memory, memory.byteSize());
      yara.scannerDestroy.invokeExact(scanner);
      int destroyed = (int) yara.rulesDestroy.invokeExact(rules);
      LibYara.check("yr_rules_destroy", destroyed);
      LibYara.check("yr_scanner_scan_mem", status);
      if (probe.ruleName < 0 || probe.contextMatches < 0) {
        throw LibYara.missing("the structures of the installed libyara are not those of YARA 4");
      }
      return new StructLayout(probe.ruleName, probe.contextMatches);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw LibYara.missing("libyara does not answer").causedBy(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment callback(Probe probe, Arena arena)
      throws NoSuchMethodException, IllegalAccessException {
    MethodType type =
        MethodType.methodType(
            int.class, MemorySegment.class, int.class, MemorySegment.class, MemorySegment.class);
    return Linker.nativeLinker()
        .upcallStub(
            MethodHandles.lookup().findVirtual(Probe.class, "message", type).bindTo(probe),
            LibYara.ON_MESSAGE,
            arena);
  }
}
