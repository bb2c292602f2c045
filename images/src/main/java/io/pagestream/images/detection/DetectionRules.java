package io.pagestream.images.detection;

import static io.pagestream.images.detection.LeafTraits.EXECUTABLE;
import static io.pagestream.images.detection.LeafTraits.IMAGE_WINDOW;
import static io.pagestream.images.detection.LeafTraits.KERNEL_HALF;
import static io.pagestream.images.detection.LeafTraits.USER;
import static io.pagestream.images.detection.LeafTraits.VSYSCALL;
import static io.pagestream.images.detection.LeafTraits.WRITABLE;

import io.pagestream.schemas.avro.CacheType;

/**
 * Applies the definitions to a leaf. The results are sets of {@link MappingDetection}s as bits, so
 * that a walk of millions of leaves creates no objects.
 */
public final class DetectionRules {
  private static final long FIRST_MIB = 1L << 20;

  private DetectionRules() {}

  /**
   * The definitions that depend on the leaf alone.
   *
   * @param leaf {@link LeafTraits}
   */
  public static int ofLeaf(int leaf) {
    boolean user = (leaf & USER) != 0;
    int found = 0;
    if ((leaf & KERNEL_HALF) != 0) {
      if (user) {
        // vsyscall=emulate maps this page for user mode, readable (arch/x86/entry/vsyscall).
        boolean emulation = (leaf & (VSYSCALL | WRITABLE)) == VSYSCALL;
        found |= emulation ? 0 : MappingDetection.USER_IN_KERNEL_HALF.bit();
      } else if ((leaf & EXECUTABLE) != 0) {
        found |= (leaf & WRITABLE) != 0 ? MappingDetection.KERNEL_WX.bit() : 0;
        found |= (leaf & IMAGE_WINDOW) == 0 ? MappingDetection.KERNEL_X_OUTSIDE_IMAGE.bit() : 0;
      }
    } else if (!user) {
      found |= MappingDetection.KERNEL_IN_USER_HALF.bit();
    }
    if (LeafTraits.has(leaf, USER | WRITABLE | EXECUTABLE)) {
      found |= MappingDetection.USER_RWX.bit();
    }
    return found;
  }

  /**
   * The definitions that depend on the page that a leaf maps.
   *
   * @param leaf {@link LeafTraits}
   * @param page {@link PageTraits} by all mappings
   */
  public static int ofPage(int leaf, int page) {
    int found = 0;
    if ((leaf & USER) != 0) {
      found |= (page & PageTraits.TEXT) != 0 ? MappingDetection.USER_MAPS_KERNEL_TEXT.bit() : 0;
      found |= (page & PageTraits.RODATA) != 0 ? MappingDetection.USER_MAPS_RODATA.bit() : 0;
      found |= (page & PageTraits.DATA) != 0 ? MappingDetection.USER_MAPS_BSS.bit() : 0;
      found |= PageTraits.isTable(page) ? MappingDetection.USER_MAPS_TABLE.bit() : 0;
    }
    if ((leaf & WRITABLE) != 0) {
      boolean constant = (page & (PageTraits.TEXT | PageTraits.RODATA)) != 0;
      boolean executable =
          (page & (PageTraits.EXECUTABLE | PageTraits.EXECUTABLE_BY_SHAPE)) != 0
              && !LeafTraits.isKernelExecutable(leaf);
      found |= constant ? MappingDetection.TEXT_WRITABLE_ALIAS.bit() : 0;
      found |= executable ? MappingDetection.WX_BY_ALIAS.bit() : 0;
    }
    return found;
  }

  /**
   * The definitions that depend on what is at the physical address.
   *
   * @param leaf {@link LeafTraits}
   * @param ram whether the range map has RAM there
   * @param type effective cache type of the mapping
   */
  public static int ofRange(int leaf, long physicalAddress, boolean ram, CacheType type) {
    if (ram) {
      boolean known =
          type != CacheType.UNKNOWN
              && type != CacheType.NOT_ESTABLISHED
              && physicalAddress >= FIRST_MIB; // below it, ROMs and the VGA's window
      return known && type != CacheType.WRITE_BACK ? MappingDetection.RAM_NOT_WB.bit() : 0;
    }
    boolean cached = type == CacheType.WRITE_BACK && physicalAddress >= FIRST_MIB;
    return (cached ? MappingDetection.WB_TO_DEVICE.bit() : 0)
        | ((leaf & USER) != 0 ? MappingDetection.USER_TO_DEVICE.bit() : 0);
  }

  /**
   * The definition that compares a leaf with the kernel's record of memory types outside of RAM.
   * Linux keeps all mappings of a recorded range at its type (arch/x86/mm/pat/memtype.c).
   *
   * @param ram whether the range map has RAM there, which the record does not cover
   * @param type type that the leaf selects in the PAT
   * @param recorded NOT_ESTABLISHED without a record, UNKNOWN if records contradict each other
   */
  public static int ofRecord(boolean ram, CacheType type, CacheType recorded) {
    boolean comparable =
        !ram
            && type != CacheType.UNKNOWN
            && recorded != CacheType.UNKNOWN
            && recorded != CacheType.NOT_ESTABLISHED;
    return comparable && type != recorded ? MappingDetection.MEMTYPE_DIFFERS.bit() : 0;
  }

  /**
   * Whether the page of a leaf that satisfies a definition of {@link #ofPage} is known only from
   * roots that were found by their shape.
   */
  public static boolean dependsOnShape(MappingDetection detection, int page) {
    return switch (detection) {
      case WX_BY_ALIAS -> (page & PageTraits.EXECUTABLE) == 0;
      case USER_MAPS_TABLE ->
          PageTraits.isTable(page) && !PageTraits.isTable(page & ~PageTraits.TABLE_BY_SHAPE);
      default -> false;
    };
  }
}
