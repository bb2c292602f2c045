package io.pagestream.analyzers.yara;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The C functions in use, as declared in {@code yara/libyara.h}, {@code yara/compiler.h}, {@code
 * yara/rules.h} and {@code yara/scanner.h} of YARA 4. The library is the system's; it is loaded on
 * first use and never unloaded.
 */
@SuppressWarnings("restricted") // native access is the purpose of this class
final class LibYara {
  static final int SUCCESS = 0;

  /** {@code ERROR_SCAN_TIMEOUT} of {@code yara/error.h}. */
  static final int SCAN_TIMEOUT = 26;

  /** {@code CALLBACK_MSG_RULE_MATCHING} of {@code yara/rules.h}. */
  static final int RULE_MATCHING = 1;

  /** {@code CALLBACK_CONTINUE} and {@code CALLBACK_ERROR} of {@code yara/rules.h}. */
  static final int CONTINUE = 0;

  static final int STOP_WITH_ERROR = 2;

  /**
   * {@code SCAN_FLAGS_NO_TRYCATCH}: without it, libyara replaces the signal handlers of the Java
   * virtual machine while it scans.
   */
  static final int NO_TRYCATCH = 4;

  /** {@code SCAN_FLAGS_REPORT_RULES_MATCHING} of {@code yara/scan.h}. */
  static final int REPORT_MATCHING = 8;

  /** {@code YR_CALLBACK_FUNC}: context, message, message data, user data. */
  static final FunctionDescriptor ON_MESSAGE =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);

  /** {@code YR_COMPILER_CALLBACK_FUNC}: level, file, line, rule, message, user data. */
  static final FunctionDescriptor ON_DIAGNOSTIC =
      FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);

  /** Newest first; 10 is YARA 4.3 to 4.5, 9 is 4.1 and 4.2, 8 is 4.0. */
  private static final List<String> NAMES =
      List.of("libyara.so.10", "libyara.so.9", "libyara.so.8", "libyara.so");

  private static final String NEXT =
      "install YARA 4's library (Debian and Ubuntu: package libyara10 or libyara9; Fedora: yara)";

  final MethodHandle compilerCreate;
  final MethodHandle compilerDestroy;
  final MethodHandle compilerSetCallback;
  final MethodHandle compilerAddFile;
  final MethodHandle compilerAddString;
  final MethodHandle compilerDefineString;
  final MethodHandle compilerGetRules;
  final MethodHandle rulesDestroy;
  final MethodHandle scannerCreate;
  final MethodHandle scannerDestroy;
  final MethodHandle scannerSetCallback;
  final MethodHandle scannerSetTimeout;
  final MethodHandle scannerSetFlags;
  final MethodHandle scannerScan;
  final MethodHandle fopen;
  final MethodHandle fclose;

  private LibYara(SymbolLookup library) {
    compilerCreate = of(library, "yr_compiler_create", ADDRESS);
    compilerDestroy = ofVoid(library, "yr_compiler_destroy", ADDRESS);
    compilerSetCallback = ofVoid(library, "yr_compiler_set_callback", ADDRESS, ADDRESS, ADDRESS);
    compilerAddFile = of(library, "yr_compiler_add_file", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    compilerAddString = of(library, "yr_compiler_add_string", ADDRESS, ADDRESS, ADDRESS);
    compilerDefineString =
        of(library, "yr_compiler_define_string_variable", ADDRESS, ADDRESS, ADDRESS);
    compilerGetRules = of(library, "yr_compiler_get_rules", ADDRESS, ADDRESS);
    rulesDestroy = of(library, "yr_rules_destroy", ADDRESS);
    scannerCreate = of(library, "yr_scanner_create", ADDRESS, ADDRESS);
    scannerDestroy = ofVoid(library, "yr_scanner_destroy", ADDRESS);
    scannerSetCallback = ofVoid(library, "yr_scanner_set_callback", ADDRESS, ADDRESS, ADDRESS);
    scannerSetTimeout = ofVoid(library, "yr_scanner_set_timeout", ADDRESS, JAVA_INT);
    scannerSetFlags = ofVoid(library, "yr_scanner_set_flags", ADDRESS, JAVA_INT);
    scannerScan = of(library, "yr_scanner_scan_mem", ADDRESS, ADDRESS, JAVA_LONG);
    SymbolLookup system = Linker.nativeLinker().defaultLookup();
    fopen = handle(system, "fopen", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    fclose = of(system, "fclose", ADDRESS);
    try {
      check("yr_initialize", (int) of(library, "yr_initialize").invokeExact());
    } catch (PagestreamException e) {
      throw e;
    } catch (Throwable e) {
      throw missing("libyara does not answer").causedBy(e);
    }
  }

  /**
   * The functions.
   *
   * @throws PagestreamException {@link ErrorCode#NATIVE_LIBRARY_MISSING} if the system has no
   *     libyara of YARA 4
   */
  static LibYara get() {
    return Loaded.ONCE.get();
  }

  /**
   * Checks a status.
   *
   * @throws PagestreamException if it is not success
   */
  static void check(String function, int status) {
    if (status != SUCCESS) {
      throw missing("%s failed with status %d".formatted(function, status));
    }
  }

  static PagestreamException missing(String what) {
    return PagestreamException.of(ErrorCode.NATIVE_LIBRARY_MISSING, what, NEXT);
  }

  /** Reads a C string of at most 32 KiB. */
  static String text(MemorySegment pointer) {
    return pointer.equals(MemorySegment.NULL)
        ? ""
        : pointer.reinterpret(Short.MAX_VALUE).getString(0);
  }

  private static MethodHandle of(SymbolLookup library, String name, MemoryLayout... arguments) {
    return handle(library, name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle ofVoid(SymbolLookup library, String name, MemoryLayout... arguments) {
    return handle(library, name, FunctionDescriptor.ofVoid(arguments));
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        library.find(name).orElseThrow(() -> missing("the library of YARA has no " + name));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  private static Optional<SymbolLookup> open(String name) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  /** Loads on first use. A failure is stored, because it would recur each time. */
  private record Loaded(@Nullable LibYara library, @Nullable PagestreamException failure) {
    static final Loaded ONCE = attempt();

    private static Loaded attempt() {
      try {
        SymbolLookup found =
            NAMES.stream()
                .flatMap(name -> open(name).stream())
                .findFirst()
                .orElseThrow(() -> missing("rules of YARA need libyara, which is not installed"));
        return new Loaded(new LibYara(found), null);
      } catch (PagestreamException e) {
        return new Loaded(null, e);
      }
    }

    LibYara get() {
      if (library == null) {
        throw failure == null ? missing("libyara is not loaded") : failure;
      }
      return library;
    }
  }
}
