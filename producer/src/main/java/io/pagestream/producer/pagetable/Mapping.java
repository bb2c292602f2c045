package io.pagestream.producer.pagetable;

import io.pagestream.schemas.avro.CacheType;

/**
 * One mapping of a physical page.
 *
 * @param virtualAddress at which it shows the page, in bytes; canonical, so kernel addresses of
 *     64-bit systems are negative
 * @param root physical address of the top-level table under which it was first found, in bytes
 * @param leafPages 4 KiB pages that its leaf maps: 1, 512 (2 MiB), 1024 (4 MiB) or 262144 (1 GiB)
 * @param entry the page-table entry, as it stands in the table
 * @param patType what the entry selects in the PAT
 * @param effectiveType that combined with the MTRRs
 */
public record Mapping(
    long virtualAddress,
    long root,
    long leafPages,
    long entry,
    CacheType patType,
    CacheType effectiveType) {

  /** Whether the entry allows writing (R/W, bit 1); the tables above it may still forbid it. */
  public boolean isWritable() {
    return (entry & 1 << 1) != 0;
  }

  /** Whether the entry lets user mode in (U/S, bit 2); the tables above it may still forbid it. */
  public boolean isUser() {
    return (entry & 1 << 2) != 0;
  }
}
