package io.pagestream.analyzers.pattern;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiled expressions: immutable, shared by all threads, and alive as long as the JVM. Compiling
 * takes more than a tenth of a second, so a set is compiled once and then kept in a {@link
 * DatabaseCache}.
 */
@SuppressWarnings("restricted") // reads structures of the library
final class PatternDatabase {
  /** A match is stored as one long, with its expression's index in the low bits. */
  static final int ID_BITS = 12;

  /** Maximum number of expressions of one database, minus one. */
  static final int MAX_ID = (1 << ID_BITS) - 1;

  /** {@code hs_compile_error_t}: {@code char *message; int expression}. */
  private static final long COMPILE_ERROR_BYTES = 16;

  private static final Map<List<String>, PatternDatabase> IN_USE = new ConcurrentHashMap<>();

  private final MemorySegment database;
  private final int expressions;

  private PatternDatabase(MemorySegment database, int expressions) {
    this.database = database;
    this.expressions = expressions;
  }

  /**
   * The database for a set, compiled if neither this process nor the cache has it.
   *
   * @throws io.pagestream.schemas.error.PagestreamException PS-305 if there is no library for this
   *     machine
   * @throws IllegalArgumentException if an expression is invalid
   */
  static PatternDatabase of(List<String> expressions) {
    return IN_USE.computeIfAbsent(List.copyOf(expressions), set -> of(set, DatabaseCache.ofUser()));
  }

  static PatternDatabase of(List<String> expressions, DatabaseCache cache) {
    Vectorscan library = Vectorscan.get();
    String key = DatabaseCache.key(library.versionText(), expressions);
    byte[] kept = cache.read(key);
    MemorySegment database = kept == null ? null : deserialize(library, kept);
    if (database == null) {
      database = compile(library, expressions);
      cache.write(key, serialize(library, database));
    }
    return new PatternDatabase(database, expressions.size());
  }

  private static MemorySegment compile(Vectorscan library, List<String> texts) {
    int count = texts.size();
    if (count > MAX_ID + 1) {
      throw new IllegalArgumentException(count + " expressions");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment expressions = arena.allocate(ADDRESS, count);
      MemorySegment flags = arena.allocate(JAVA_INT, count);
      MemorySegment ids = arena.allocate(JAVA_INT, count);
      for (int i = 0; i < count; i++) {
        expressions.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        flags.setAtIndex(JAVA_INT, i, Vectorscan.HS_FLAG_DOTALL);
        ids.setAtIndex(JAVA_INT, i, i);
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
        throw wrongExpression(library, Vectorscan.pointer(error), texts);
      }
      if (status != Vectorscan.HS_SUCCESS) {
        throw Vectorscan.failed("hs_compile_multi", status);
      }
      return Vectorscan.pointer(database);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_compile_multi", e);
    }
  }

  private static IllegalArgumentException wrongExpression(
      Vectorscan library, MemorySegment error, List<String> texts) throws Throwable {
    MemorySegment fields = error.reinterpret(COMPILE_ERROR_BYTES);
    String message = Vectorscan.text(fields.get(ADDRESS, 0));
    int index = fields.get(JAVA_INT, ADDRESS.byteSize());
    int unused = (int) library.freeCompileError.invokeExact(error);
    return new IllegalArgumentException(
        message + (index < 0 ? "" : " in " + texts.get(index)) + " " + unused);
  }

  private static byte[] serialize(Vectorscan library, MemorySegment database) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(ADDRESS);
      MemorySegment length = arena.allocate(JAVA_LONG);
      int status = (int) library.serialize.invokeExact(database, bytes, length);
      if (status != Vectorscan.HS_SUCCESS) {
        throw Vectorscan.failed("hs_serialize_database", status);
      }
      MemorySegment allocated = Vectorscan.pointer(bytes);
      byte[] copy = allocated.reinterpret(length.get(JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
      library.free.invokeExact(allocated);
      return copy;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_serialize_database", e);
    }
  }

  /** Null if the bytes are of another version or processor: the library checks both. */
  private static @Nullable MemorySegment deserialize(Vectorscan library, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(bytes.length, 64);
      MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
      MemorySegment database = arena.allocate(ADDRESS);
      int status = (int) library.deserialize.invokeExact(copy, (long) bytes.length, database);
      return status == Vectorscan.HS_SUCCESS ? Vectorscan.pointer(database) : null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_deserialize_database", e);
    }
  }

  MemorySegment handle() {
    return database;
  }

  /** Number of expressions; an expression matches at most once at an end offset. */
  int size() {
    return expressions;
  }
}
