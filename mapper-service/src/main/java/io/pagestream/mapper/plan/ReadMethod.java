package io.pagestream.mapper.plan;

/** How pages are read on the live machine. */
public enum ReadMethod {
  /** Ordinary memory: copied by the system, which knows its cache type. */
  COPY("MmCopyMemory, MM_COPY_MEMORY_PHYSICAL", "memremap, MEMREMAP_WB"),
  /** Memory that the system does not manage: mapped cached. */
  MAP_CACHED("MmMapIoSpace, MmCached", "memremap, MEMREMAP_WB"),
  /** A frame buffer: mapped write-combined. */
  MAP_WRITE_COMBINED("MmMapIoSpace, MmWriteCombined", "ioremap_wc"),
  /** Not read. */
  SKIP("", "");

  private final String windows;
  private final String linux;

  ReadMethod(String windows, String linux) {
    this.windows = windows;
    this.linux = linux;
  }

  /** Routine and type on Windows; empty if the pages are not read. */
  public String windows() {
    return windows;
  }

  /** Routine and type on Linux; empty if the pages are not read. */
  public String linux() {
    return linux;
  }
}
