package io.pagestream.analyzers.yara;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rules that libyara has compiled. They are compiled once in a process for all threads, and never
 * freed, because an abandoned thread may still use them.
 *
 * @param pointer the {@code YR_RULES}
 */
record CompiledRules(MemorySegment pointer) {
  /** Variables that rule sets for files expect; they are empty here. */
  private static final List<String> VARIABLES =
      List.of("filename", "filepath", "extension", "filetype", "owner");

  private static final Map<String, CompiledRules> COMPILED = new ConcurrentHashMap<>();

  /**
   * The rules of files.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} with file, line and reason for a rule that
   *     libyara does not accept; {@link ErrorCode#NATIVE_LIBRARY_MISSING} without libyara
   */
  static CompiledRules of(RuleFiles files) {
    LibYara.get();
    return COMPILED.computeIfAbsent(files.sha256(), key -> compile(files));
  }

  private static CompiledRules compile(RuleFiles files) {
    LibYara yara = LibYara.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      LibYara.check("yr_compiler_create", (int) yara.compilerCreate.invokeExact(out));
      MemorySegment compiler = out.get(ADDRESS, 0);
      try {
        Diagnostics diagnostics = new Diagnostics();
        yara.compilerSetCallback.invokeExact(
            compiler, diagnostics.callback(arena), MemorySegment.NULL);
        define(yara, compiler, arena);
        for (RuleFiles.RuleFile file : files.files()) {
          add(yara, compiler, file, diagnostics, arena);
        }
        int status = (int) yara.compilerGetRules.invokeExact(compiler, out);
        LibYara.check("yr_compiler_get_rules", status);
        return new CompiledRules(out.get(ADDRESS, 0));
      } finally {
        yara.compilerDestroy.invokeExact(compiler);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw LibYara.missing("the rules of YARA cannot be compiled").causedBy(e);
    }
  }

  private static void define(LibYara yara, MemorySegment compiler, Arena arena) throws Throwable {
    for (String variable : VARIABLES) {
      int status =
          (int)
              yara.compilerDefineString.invokeExact(
                  compiler, arena.allocateFrom(variable), arena.allocateFrom(""));
      LibYara.check("yr_compiler_define_string_variable", status);
    }
  }

  private static void add(
      LibYara yara,
      MemorySegment compiler,
      RuleFiles.RuleFile file,
      Diagnostics diagnostics,
      Arena arena)
      throws Throwable {
    MemorySegment name = arena.allocateFrom(file.path().toString());
    MemorySegment stream = (MemorySegment) yara.fopen.invokeExact(name, arena.allocateFrom("re"));
    if (stream.equals(MemorySegment.NULL)) {
      throw RuleFiles.unreadable(file.path(), "cannot be opened");
    }
    int errors;
    try {
      errors =
          (int)
              yara.compilerAddFile.invokeExact(
                  compiler, stream, arena.allocateFrom(file.namespace()), name);
    } finally {
      int closed = (int) yara.fclose.invokeExact(stream);
      LibYara.check("fclose", closed);
    }
    if (errors != 0) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          diagnostics.errors.isEmpty()
              ? "%s: libyara does not accept its rules".formatted(file.path())
              : String.join("; ", diagnostics.errors),
          "correct the rules, or leave the file out");
    }
  }

  /** Collects the compiler's errors. */
  private static final class Diagnostics {
    private static final int MOST = 5;
    private final List<String> errors = new ArrayList<>();

    @SuppressWarnings("unused") // called by libyara
    void message(
        int level,
        MemorySegment file,
        int line,
        MemorySegment rule,
        MemorySegment message,
        MemorySegment user) {
      if (level == 0 && errors.size() < MOST) {
        errors.add("%s:%d: %s".formatted(LibYara.text(file), line, LibYara.text(message)));
      }
    }

    @SuppressWarnings("restricted")
    MemorySegment callback(Arena arena) throws NoSuchMethodException, IllegalAccessException {
      MethodType type =
          MethodType.methodType(
              void.class,
              int.class,
              MemorySegment.class,
              int.class,
              MemorySegment.class,
              MemorySegment.class,
              MemorySegment.class);
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findVirtual(Diagnostics.class, "message", type).bindTo(this),
              LibYara.ON_DIAGNOSTIC,
              arena);
    }
  }
}
