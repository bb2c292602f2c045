package io.pagestream.kernel.evidence;

import java.util.Locale;

/** Kinds of records about a system. */
public enum EvidenceKind {
  PROCESS,
  KERNEL_MODULE,
  SOCKET,
  OPEN_FILE,
  MOUNT,
  KERNEL_LOG_RECORD;

  /** The kind as text: {@code kernel-module}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
