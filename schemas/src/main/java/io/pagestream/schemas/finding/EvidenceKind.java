package io.pagestream.schemas.finding;

import java.util.Arrays;
import java.util.Locale;

/**
 * Kinds of records of a kernel about its system. The producer, not an analyzer, publishes them as
 * findings.
 */
public enum EvidenceKind {
  PROCESS,
  KERNEL_MODULE,
  SOCKET,
  OPEN_FILE,
  MOUNT,
  KERNEL_LOG_RECORD;

  /** Name in findings of the source of these kinds, where others have an analyzer. */
  public static final String SOURCE = "kernel";

  /** Whether a word is one of these kinds. */
  public static boolean isKind(String word) {
    return Arrays.stream(values()).anyMatch(kind -> kind.word().equals(word));
  }

  /** The kind as text: {@code kernel-module}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
