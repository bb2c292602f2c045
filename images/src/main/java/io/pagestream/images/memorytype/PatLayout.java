package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.memorytype.TypeCode;
import java.util.List;

/**
 * The eight entries of the page attribute table, IA32_PAT (MSR 0x277; Intel SDM vol. 3A, 11.12.2).
 *
 * @param entries memory type by index 4 × PAT + 2 × PCD + PWT; UNKNOWN if the code is reserved
 */
public record PatLayout(List<CacheType> entries) {
  /** Value after reset: WB, WT, UC-, UC, twice. */
  public static final long RESET = 0x0007040600070406L;

  /**
   * The PAT that Linux writes if the processor's PAT has no errata: WB, WC, UC-, UC, WB, WP, UC-,
   * WT.
   */
  public static final long LINUX = 0x0407050600070106L;

  /**
   * The PAT that Windows writes: WB, WC, UC-, UC, twice; also used by Linux on processors with PAT
   * errata.
   */
  public static final long WINDOWS = 0x0007010600070106L;

  /** Checks the number of entries. */
  public PatLayout {
    entries = List.copyOf(entries);
    if (entries.size() != 8) {
      throw new IllegalArgumentException("the PAT has 8 entries, not " + entries.size());
    }
  }

  /** The layout for a value of the register: one byte per entry, the lowest first. */
  public static PatLayout of(long register) {
    CacheType[] entries = new CacheType[8];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = TypeCode.ofPat((int) (register >>> (8 * i)) & 0xff);
    }
    return new PatLayout(List.of(entries));
  }

  /** The type that a page-table entry with these bits selects. */
  public CacheType typeOf(boolean pat, boolean pcd, boolean pwt) {
    return entries.get((pat ? 4 : 0) + (pcd ? 2 : 0) + (pwt ? 1 : 0));
  }

  /** Whether a page-table entry can select the type at all. */
  public boolean offers(CacheType type) {
    return entries.contains(type);
  }
}
