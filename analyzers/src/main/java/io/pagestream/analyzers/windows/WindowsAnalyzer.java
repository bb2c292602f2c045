package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;

/**
 * Finds traces of programs and structures of the kernel of Windows, at any alignment.
 *
 * <ul>
 *   <li>{@code prefetch}, high: version, signature, size, name, and the offset of the first
 *       section, which the version determines.
 *   <li>{@code lnk}, high: size and class identifier of the header, reserved fields, and time
 *       stamps.
 *   <li>{@code pdb-reference}, medium: signature, a GUID, and a name that ends in {@code .pdb}.
 *   <li>{@code kdbg}, high: signature, size, list pointers and kernel addresses.
 * </ul>
 */
public final class WindowsAnalyzer extends RecordAnalyzer {
  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "windows",
              "Windows: prefetch files, shell links, PDB references, kernel debugger blocks.",
              List.of(
                  FindingKind.proven(Prefetch.KIND),
                  FindingKind.proven(ShellLink.KIND),
                  FindingKind.checked(PdbReference.KIND),
                  FindingKind.proven(DebuggerBlock.KIND)),
              0,
              ShellLink.MAX_BYTES,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public WindowsAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<RecordFormat> formats() {
    return List.of(
        Prefetch.FORMAT, new ShellLink().format(), PdbReference.FORMAT, DebuggerBlock.FORMAT);
  }
}
