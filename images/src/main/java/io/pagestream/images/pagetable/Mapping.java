package io.pagestream.images.pagetable;

import io.pagestream.schemas.avro.CacheType;

/**
 * One mapping of a physical page.
 *
 * @param virtualAddress virtual address of the page, in bytes; canonical, so kernel addresses of
 *     64-bit systems are negative
 * @param root physical address of the top-level table under which it was first found, in bytes
 * @param rootByShape whether that table was found only by its shape, so that it may be forged
 * @param leafPages 4 KiB pages that its leaf maps: 1, 512 (2 MiB), 1024 (4 MiB) or 262144 (1 GiB)
 * @param entry the page-table entry, as in the table
 * @param rights combined rights of the entry and the entries above it, as the bits of an entry
 * @param patType type that the entry selects in the PAT
 * @param effectiveType that type combined with the MTRRs
 * @param sharedBy number of address spaces with the same top-level entry for it; 1 if it is in the
 *     user's half, or the number is not known
 */
public record Mapping(
    long virtualAddress,
    long root,
    boolean rootByShape,
    long leafPages,
    long entry,
    long rights,
    CacheType patType,
    CacheType effectiveType,
    int sharedBy) {

  /** A mapping of one address space. */
  public Mapping(
      long virtualAddress,
      long root,
      boolean rootByShape,
      long leafPages,
      long entry,
      long rights,
      CacheType patType,
      CacheType effectiveType) {
    this(virtualAddress, root, rootByShape, leafPages, entry, rights, patType, effectiveType, 1);
  }

  /** The same mapping with the number of address spaces that share it. */
  Mapping sharedBy(int roots) {
    return new Mapping(
        virtualAddress, root, rootByShape, leafPages, entry, rights, patType, effectiveType, roots);
  }

  /** Whether all entries on the way allow writing (R/W, bit 1). */
  public boolean isWritable() {
    return (rights & 1 << 1) != 0;
  }

  /** Whether all entries on the way allow user mode (U/S, bit 2). */
  public boolean isUser() {
    return (rights & 1 << 2) != 0;
  }

  /** Whether no entry on the way forbids execution (XD, bit 63). */
  public boolean isExecutable() {
    return rights >= 0;
  }
}
