package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds records of Linux systems at any alignment.
 *
 * <ul>
 *   <li>{@code linux-banner}, medium: the parts of the banner in their order, and its end.
 *   <li>{@code vmcoreinfo}, high: lines of keys and values, a release, a page size and symbols.
 *   <li>{@code kernel-log-record}, medium: the form of the time stamp, what precedes it, and a line
 *       of text.
 *   <li>{@code bash-history}, medium: a time stamp in a line of its own and a command, next to
 *       another one; low for a single one.
 *   <li>{@code elf-note}, medium: owner, type and size of the note agree.
 *   <li>{@code utmp-record}, medium: type, texts padded with zeros, time, unused bytes.
 *   <li>{@code journal-entry}, medium: the header of a data object of a systemd journal, and the
 *       name of its field. These are the fields of entries; the time of an entry is elsewhere.
 * </ul>
 */
public final class LinuxAnalyzer extends RecordAnalyzer {
  private static final int LOOK_BEHIND_BYTES = 32;

  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "linux",
              "Linux: banners, VMCOREINFO, kernel log lines, shell history, ELF notes, logins,"
                  + " journal fields.",
              List.of(
                  FindingKind.checked(KernelBanner.KIND),
                  FindingKind.proven(VmCoreInfo.KIND),
                  FindingKind.checked(KernelLogLine.KIND),
                  FindingKind.checked(ShellHistory.KIND),
                  FindingKind.checked(ElfNote.KIND),
                  FindingKind.checked(LoginRecord.KIND),
                  FindingKind.checked(JournalField.KIND)),
              LOOK_BEHIND_BYTES,
              4096,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public LinuxAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<RecordFormat> formats() {
    List<RecordFormat> formats = new ArrayList<>();
    formats.add(KernelBanner.FORMAT);
    formats.add(VmCoreInfo.FORMAT);
    formats.addAll(KernelLogLine.FORMATS);
    formats.add(ShellHistory.FORMAT);
    formats.addAll(ElfNote.FORMATS);
    formats.addAll(LoginRecord.FORMATS);
    formats.addAll(JournalField.formats());
    return formats;
  }
}
