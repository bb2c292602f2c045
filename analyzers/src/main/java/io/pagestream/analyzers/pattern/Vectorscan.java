package io.pagestream.analyzers.pattern;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The C functions in use, as declared in {@code hs.h}, {@code hs_compile.h} and {@code
 * hs_runtime.h} of Hyperscan 5.4. Loaded once in a JVM and never unloaded.
 */
@SuppressWarnings("restricted") // native access is the purpose of this class
final class Vectorscan {
  static final int HS_SUCCESS = 0;
  static final int HS_SCAN_TERMINATED = -3;
  static final int HS_COMPILER_ERROR = -4;
  static final int HS_MODE_BLOCK = 1;
  static final int HS_FLAG_DOTALL = 2;

  /** The path of the library in the Maven artifact. */
  private static final String RESOURCE = "/com/gliwka/hyperscan/jni/linux-x86_64/libhs.so";

  private static final String NEXT =
      "analyzers that search for patterns need Linux on x86-64 with SSE4.2 and glibc; leave them"
          + " out with '--analyzers' or run them on such a machine";

  /** {@code match_event_handler}: id, from, to, flags, context. */
  static final FunctionDescriptor ON_MATCH =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);

  final MethodHandle compileMulti;
  final MethodHandle freeCompileError;
  final MethodHandle serialize;
  final MethodHandle deserialize;
  final MethodHandle version;
  final MethodHandle free;
  final MethodHandle allocScratch;
  final MethodHandle freeScratch;
  final MethodHandle scan;

  private Vectorscan(SymbolLookup library) {
    compileMulti =
        function(
            library,
            "hs_compile_multi",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS,
                ADDRESS));
    freeCompileError =
        function(library, "hs_free_compile_error", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    serialize =
        function(
            library,
            "hs_serialize_database",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    deserialize =
        function(
            library,
            "hs_deserialize_database",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS));
    version = function(library, "hs_version", FunctionDescriptor.of(ADDRESS));
    free =
        function(Linker.nativeLinker().defaultLookup(), "free", FunctionDescriptor.ofVoid(ADDRESS));
    allocScratch =
        function(library, "hs_alloc_scratch", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    freeScratch = function(library, "hs_free_scratch", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    scan =
        function(
            library,
            "hs_scan",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    try {
      int valid =
          (int)
              function(library, "hs_valid_platform", FunctionDescriptor.of(JAVA_INT)).invokeExact();
      if (valid != HS_SUCCESS) {
        throw missing("this processor lacks SSE4.2, which Vectorscan needs");
      }
    } catch (PagestreamException e) {
      throw e;
    } catch (Throwable e) {
      throw missing("Vectorscan does not answer").causedBy(e);
    }
  }

  /**
   * The functions.
   *
   * @throws PagestreamException {@link ErrorCode#NATIVE_LIBRARY_MISSING} on any other system or
   *     processor
   */
  static Vectorscan get() {
    return Loaded.ONCE.get();
  }

  /** The library's version, for example {@code 5.4.11 2023-11-13}. */
  String versionText() {
    try {
      return text((MemorySegment) version.invokeExact());
    } catch (Throwable e) {
      throw missing("hs_version failed").causedBy(e);
    }
  }

  /** A failure that this library cannot explain further. */
  static PagestreamException failed(String function, int status) {
    return missing("%s failed with status %d".formatted(function, status));
  }

  static PagestreamException missing(String what) {
    return PagestreamException.of(ErrorCode.NATIVE_LIBRARY_MISSING, what, NEXT);
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        library.find(name).orElseThrow(() -> missing("the native library has no " + name));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  private static Vectorscan load() {
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux") || !(processor.equals("amd64") || processor.equals("x86_64"))) {
      throw missing("there is no Vectorscan library for %s on %s".formatted(system, processor));
    }
    Path file = NativeLibraryFile.copy(RESOURCE);
    try {
      return new Vectorscan(SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw unloadable(file, e);
    } finally {
      NativeLibraryFile.delete(file); // it stays mapped
    }
  }

  /** The look-up does not report why it fails; System.load does. */
  private static PagestreamException unloadable(Path file, IllegalArgumentException cause) {
    try {
      System.load(file.toString());
    } catch (UnsatisfiedLinkError why) {
      PagestreamException named = SystemFailure.named(why);
      if (named != null) {
        return named;
      }
    }
    return missing("cannot load the native library " + file).causedBy(cause);
  }

  /** Reads a C string. */
  static String text(MemorySegment pointer) {
    return pointer.reinterpret(Short.MAX_VALUE).getString(0);
  }

  /** Reads the pointer that a function wrote to an out parameter. */
  static MemorySegment pointer(MemorySegment out) {
    return out.get(ValueLayout.ADDRESS, 0);
  }

  /** Loads on first use. A failure is stored, because it would recur each time. */
  private record Loaded(@Nullable Vectorscan library, @Nullable PagestreamException failure) {
    static final Loaded ONCE = attempt();

    private static Loaded attempt() {
      try {
        return new Loaded(load(), null);
      } catch (PagestreamException e) {
        return new Loaded(null, e);
      }
    }

    Vectorscan get() {
      if (library == null) {
        throw failure == null ? missing("the native library is not loaded") : failure;
      }
      return library;
    }
  }
}
