package io.pagestream.images.pagetable;

/**
 * Translates single virtual addresses by the tables under one root (Intel SDM vol. 3A, 4.5). Not
 * thread-safe.
 */
public final class AddressTranslator {
  /** Reads entries of page tables. */
  @FunctionalInterface
  public interface Entries {
    /** The 64-bit entry at a physical address; 0, which is not present, if it cannot be read. */
    long entryAt(long physicalAddress);
  }

  /** The result for an address that is not mapped. */
  public static final long UNMAPPED = -1;

  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final Entries entries;
  private final long root;
  private long span;

  /**
   * A translator.
   *
   * @param mode a mode of 64-bit systems
   * @param encryptionMask address bits of entries that mark encrypted pages (AMD SME); 0 without
   * @param root physical address of the top-level table
   */
  public AddressTranslator(PagingMode mode, long encryptionMask, Entries entries, long root) {
    this.mode = mode;
    this.decoder = new EntryDecoder(mode, encryptionMask);
    this.entries = entries;
    this.root = root;
  }

  /** The physical address of a virtual one, or {@link #UNMAPPED}. */
  public long translate(long virtualAddress) {
    long table = root;
    for (int level = mode.levels(); level >= 1; level--) {
      span = 1L << mode.shift(level);
      int index = (int) (virtualAddress >>> mode.shift(level)) & (mode.entries(level) - 1);
      long entry = entries.entryAt(table + (long) index * mode.entryBytes());
      if (!EntryDecoder.isPresent(entry) || decoder.isMalformed(entry, level)) {
        return UNMAPPED;
      }
      if (decoder.isLeaf(entry, level)) {
        return decoder.leafAddress(entry, level) + (virtualAddress & (span - 1));
      }
      table = decoder.tableAddress(entry);
    }
    return UNMAPPED;
  }

  /** Bytes of virtual memory that the last entry of the last translation spans, a power of two. */
  public long span() {
    return span;
  }
}
