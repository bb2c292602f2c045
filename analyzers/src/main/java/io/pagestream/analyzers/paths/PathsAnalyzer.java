package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import java.util.List;

/** Finds paths and command lines. */
public final class PathsAnalyzer {
  /** A server and a share. */
  static final FindingKind UNC_PATH = FindingKind.looksLike("unc-path");

  /** A drive or a device, and a name with an extension or at least two names. */
  static final FindingKind WINDOWS_PATH = FindingKind.looksLike("windows-path");

  /** A path below the folders of users, of temporary files or of secrets. */
  static final FindingKind UNIX_PATH = FindingKind.looksLike("unix-path");

  /** A root key of the registry and a name below it. */
  static final FindingKind REGISTRY_PATH = FindingKind.checked("registry-path");

  /** A program that is often misused, and an argument of its form. */
  static final FindingKind COMMAND_LINE = FindingKind.looksLike("command-line");

  private static final List<Anchor> ANCHORS =
      List.of(
          // End with the first character after the separator.
          Anchor.of(new UncPathRule(), "\\\\\\\\[A-Za-z0-9]"),
          Anchor.of(new WindowsPathRule(), "[A-Za-z]:\\\\[A-Za-z0-9_$%~(.-]"),
          Anchor.of(new WindowsPathRule(), "\\\\Device\\\\HarddiskVolume[0-9]"),
          Anchor.of(
              new UnixPathRule(),
              "/(?:home|root|tmp|Users|etc|var/(?:tmp|log|mail|spool|www)|dev/shm|run/user|mnt|media)"
                  + "/[A-Za-z0-9._-]"),
          Anchor.of(
              new RegistryPathRule(),
              "(?:HK(?:LM|CU|CR|CC|U|EY_[A-Z]{5,7}_[A-Z]{4,7}|EY_USERS)|\\\\R(?:EGISTRY|egistry)\\\\"
                  + "(?:MACHINE|USER|Machine|User))\\\\[A-Za-z0-9_.-]"),
          // Ends with the blank after the program.
          Anchor.of(
              new CommandLineRule(),
              "(?:powershell|PowerShell|cmd|rundll32|regsvr32|mshta|certutil|bitsadmin|schtasks|wmic"
                  + "|wscript|cscript|psexec|vssadmin|curl|wget|nc|ncat|bash|/sh|python|python3|perl"
                  + "|ssh|scp|chmod|crontab|base64|insmod)(?:\\.exe)?\"? [A-Za-z0-9/+-]"));

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "paths",
              "Paths of Windows, Unix, network shares and the registry; command lines.",
              List.of(UNC_PATH, WINDOWS_PATH, UNIX_PATH, REGISTRY_PATH, COMMAND_LINE),
              256,
              2048,
              List.of())
          .searching(AnchoredAnalyzer.patterns(ANCHORS, 0, 512));

  private PathsAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, ANCHORS);
  }
}
