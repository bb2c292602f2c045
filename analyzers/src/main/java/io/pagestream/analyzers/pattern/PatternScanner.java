package io.pagestream.analyzers.pattern;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Scans memory for the expressions of one database. Confined to one thread: it owns Vectorscan's
 * scratch space, the stub for the callback, and the buffer for matches.
 *
 * <p>Matches are only recorded during the scan and processed afterwards, sorted by their ends. The
 * buffer grows, by scanning the same bytes again, up to the maximum number of matches (one for each
 * expression and byte), so no match is lost and memory is bounded by {@link #MAX_SCAN_BYTES}.
 */
@SuppressWarnings("restricted") // called back by native code
final class PatternScanner implements AutoCloseable {
  /** Maximum number of bytes in one scan. */
  static final int MAX_SCAN_BYTES = 1 << 16;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int CONTINUE = 0;
  private static final int STOP = 1;

  private final Vectorscan library = Vectorscan.get();
  private final PatternDatabase database;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scratch;
  private final MemorySegment onMatch;
  private long[] matches = new long[FIRST_CAPACITY];
  private int count;
  private boolean full;
  private boolean closed;

  /** A scanner for the calling thread, or for one other thread to which it is passed. */
  PatternScanner(PatternDatabase database) {
    this.database = database;
    try {
      MemorySegment out = arena.allocate(ADDRESS);
      int status = (int) library.allocScratch.invokeExact(database.handle(), out);
      if (status != Vectorscan.HS_SUCCESS) {
        throw Vectorscan.failed("hs_alloc_scratch", status);
      }
      scratch = Vectorscan.pointer(out);
      MethodHandle target =
          MethodHandles.lookup()
              .bind(
                  this,
                  "onMatch",
                  MethodType.methodType(
                      int.class,
                      int.class,
                      long.class,
                      long.class,
                      int.class,
                      MemorySegment.class));
      onMatch = Linker.nativeLinker().upcallStub(target, Vectorscan.ON_MATCH, arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    } catch (Throwable e) {
      arena.close();
      throw new IllegalStateException("hs_alloc_scratch", e);
    }
  }

  /**
   * Finds all matches in {@code [from, to)}. The bytes before and after are ignored.
   *
   * @param bytes native memory
   * @param from offset of the first byte
   * @param to offset after the last; at most {@link #MAX_SCAN_BYTES} further
   * @return number of matches, which are valid until the next scan
   */
  int scan(MemorySegment bytes, long from, long to) {
    if (to - from > MAX_SCAN_BYTES) {
      throw new IllegalArgumentException("scan of " + (to - from) + " bytes");
    }
    MemorySegment part = bytes.asSlice(from, to - from);
    while (!scanOnce(part)) {
      long most = Math.max(FIRST_CAPACITY, (to - from) * database.size());
      if (matches.length >= most) {
        throw new IllegalStateException("more matches than expressions and bytes");
      }
      matches = new long[(int) Math.min(2L * matches.length, most)];
    }
    Arrays.sort(matches, 0, count);
    return count;
  }

  /** Pattern of the match at {@code index}. */
  int id(int index) {
    return (int) matches[index] & PatternDatabase.MAX_ID;
  }

  /** Offset after the match at {@code index}, from the scan's first byte; never decreasing. */
  int end(int index) {
    return (int) (matches[index] >>> PatternDatabase.ID_BITS);
  }

  private boolean scanOnce(MemorySegment part) {
    count = 0;
    full = false;
    try {
      int status =
          (int)
              library.scan.invokeExact(
                  database.handle(),
                  part,
                  (int) part.byteSize(),
                  0,
                  scratch,
                  onMatch,
                  MemorySegment.NULL);
      if (status != Vectorscan.HS_SUCCESS && !(full && status == Vectorscan.HS_SCAN_TERMINATED)) {
        throw Vectorscan.failed("hs_scan", status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_scan", e);
    }
    return !full;
  }

  /** Called by the library; an exception here would end the JVM, so nothing here can throw. */
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called through its method handle
  private int onMatch(int id, long from, long to, int flags, MemorySegment context) {
    int next = count;
    long[] buffer = matches;
    if (next >= buffer.length) {
      full = true;
      return STOP;
    }
    buffer[next] = to << PatternDatabase.ID_BITS | id;
    count = next + 1;
    return CONTINUE;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      int status = (int) library.freeScratch.invokeExact(scratch);
      if (status != Vectorscan.HS_SUCCESS) {
        throw Vectorscan.failed("hs_free_scratch", status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("hs_free_scratch", e);
    } finally {
      arena.close();
    }
  }
}
