package io.pagestream.images.pagetable;

import io.pagestream.images.memorytype.PatLayout;

/** The operating system that wrote the page tables, if it can be determined. */
enum GuestSystem {
  LINUX("Linux", PatLayout.LINUX),
  WINDOWS("Windows", PatLayout.WINDOWS),
  UNKNOWN("an unknown system", PatLayout.RESET);

  private final String title;
  private final long usualPat;

  GuestSystem(String title, long usualPat) {
    this.title = title;
    this.usualPat = usualPat;
  }

  String title() {
    return title;
  }

  /** IA32_PAT as the system writes it; its reset value if the system is not known. */
  long usualPat() {
    return usualPat;
  }
}
