package io.pagestream.images.pagetable;

/**
 * The address translation of a processor (Intel SDM vol. 3A, 4.1.1): levels count from 1, the table
 * whose entries map 4 KiB pages, up to the top-level table to which CR3 points.
 */
public enum PagingMode {
  /** 32-bit paging: page directories of 1024 entries of 4 bytes, 4 MiB leaves. */
  TWO_LEVEL("32-bit", 2, 10, 4, 32),
  /** PAE paging: a top-level table of 4 entries, 2 MiB leaves. */
  PAE("PAE", 3, 9, 8, 32),
  /** 4-level paging: 2 MiB and 1 GiB leaves. */
  FOUR_LEVEL("4-level", 4, 9, 8, 48),
  /** 5-level paging, CR4.LA57. */
  FIVE_LEVEL("5-level", 5, 9, 8, 57);

  private final String title;
  private final int levels;
  private final int indexBits;
  private final int entryBytes;
  private final int addressBits;

  PagingMode(String title, int levels, int indexBits, int entryBytes, int addressBits) {
    this.title = title;
    this.levels = levels;
    this.indexBits = indexBits;
    this.entryBytes = entryBytes;
    this.addressBits = addressBits;
  }

  /** The mode's display name. */
  public String title() {
    return title;
  }

  /** Level of the top-level table. */
  public int levels() {
    return levels;
  }

  /** Bytes of an entry: 4 or 8. */
  public int entryBytes() {
    return entryBytes;
  }

  /** Number of entries of a table of a level. */
  public int entries(int level) {
    return this == PAE && level == levels ? 4 : 1 << indexBits;
  }

  /** Index of the first entry of the top-level table that belongs to the kernel's half. */
  public int firstKernelEntry() {
    return entries(levels) / 2;
  }

  /** log2 of the bytes that an entry of a level spans. */
  public int shift(int level) {
    return 12 + indexBits * (level - 1);
  }

  /** Pages that an entry of a level spans. */
  public long pages(int level) {
    return 1L << (indexBits * (level - 1));
  }

  /** Whether virtual addresses have more than 32 bits. */
  public boolean isLong() {
    return addressBits > 32;
  }

  /** The canonical form of an address of {@code addressBits} bits; 32-bit addresses stay so. */
  public long canonical(long address) {
    int unused = Long.SIZE - addressBits;
    return isLong() ? address << unused >> unused : address;
  }
}
