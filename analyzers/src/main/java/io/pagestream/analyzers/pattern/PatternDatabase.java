package io.pagestream.analyzers.pattern;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Compiled expressions: immutable, shared by all threads, and alive as long as the JVM. Compiling
 * takes some tens of milliseconds, so a set is compiled once.
 */
@SuppressWarnings("restricted") // reads the message of a C structure
public final class PatternDatabase {
  /** {@code hs_compile_error_t}: {@code char *message; int expression}. */
  private static final long COMPILE_ERROR_BYTES = 16;

  private final MemorySegment database;
  private final int patterns;

  private PatternDatabase(MemorySegment database, int patterns) {
    this.database = database;
    this.patterns = patterns;
  }

  /**
   * Compiles.
   *
   * @throws io.pagestream.schemas.error.PagestreamException PS-305 where there is no library for
   *     this machine
   * @throws IllegalArgumentException if an expression is wrong
   */
  public static PatternDatabase compile(List<Pattern> patterns) {
    Vectorscan library = Vectorscan.get();
    try (Arena arena = Arena.ofConfined()) {
      int count = patterns.size();
      MemorySegment expressions = arena.allocate(ADDRESS, count);
      MemorySegment flags = arena.allocate(JAVA_INT, count);
      MemorySegment ids = arena.allocate(JAVA_INT, count);
      for (int i = 0; i < count; i++) {
        expressions.setAtIndex(ADDRESS, i, arena.allocateFrom(patterns.get(i).expression()));
        flags.setAtIndex(JAVA_INT, i, Vectorscan.HS_FLAG_DOTALL);
        ids.setAtIndex(JAVA_INT, i, patterns.get(i).id());
      }
      MemorySegment database = arena.allocate(ADDRESS);
      MemorySegment error = arena.allocate(ADDRESS);
      int status =
          (int)
              library.compileMulti.invokeExact(
                  expressions,
                  flags,
                  ids,
                  count,
                  Vectorscan.HS_MODE_BLOCK,
                  MemorySegment.NULL,
                  database,
                  error);
      if (status == Vectorscan.HS_COMPILER_ERROR) {
        throw wrongExpression(library, Vectorscan.pointer(error), patterns);
      }
      if (status != Vectorscan.HS_SUCCESS) {
        throw Vectorscan.failed("hs_compile_multi", status);
      }
      return new PatternDatabase(Vectorscan.pointer(database), count);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_compile_multi", e);
    }
  }

  private static IllegalArgumentException wrongExpression(
      Vectorscan library, MemorySegment error, List<Pattern> patterns) throws Throwable {
    MemorySegment fields = error.reinterpret(COMPILE_ERROR_BYTES);
    String message = Vectorscan.text(fields.get(ADDRESS, 0));
    int index = fields.get(JAVA_INT, ADDRESS.byteSize());
    int unused = (int) library.freeCompileError.invokeExact(error);
    return new IllegalArgumentException(
        message + (index < 0 ? "" : " in " + patterns.get(index).expression()) + " " + unused);
  }

  MemorySegment handle() {
    return database;
  }

  /** How many expressions there are; an expression matches at most once at an end offset. */
  int size() {
    return patterns;
  }
}
