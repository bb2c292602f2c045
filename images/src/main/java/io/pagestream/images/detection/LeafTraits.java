package io.pagestream.images.detection;

/** Properties of a leaf of Linux's page tables for x86-64, as bits of an int. */
public final class LeafTraits {
  /** The address is in the upper half. */
  public static final int KERNEL_HALF = 1;

  /** All entries on the way allow user mode. */
  public static final int USER = 1 << 1;

  /** All entries on the way allow writing. */
  public static final int WRITABLE = 1 << 2;

  /** Execution is allowed. */
  public static final int EXECUTABLE = 1 << 3;

  /** The address is one at which the kernel's image may be. */
  public static final int IMAGE_WINDOW = 1 << 4;

  /** The address is that of the vsyscall page. */
  public static final int VSYSCALL = 1 << 5;

  /**
   * Linux, Documentation/arch/x86/x86_64/mm.rst: kernel text mapping, up to 1 GiB of it before the
   * modules (KERNEL_IMAGE_SIZE with CONFIG_RANDOMIZE_BASE).
   */
  private static final long IMAGE_START = 0xffff_ffff_8000_0000L;

  private static final long IMAGE_END = 0xffff_ffff_c000_0000L;

  /** Linux, arch/x86/include/uapi/asm/vsyscall.h: VSYSCALL_ADDR. */
  private static final long VSYSCALL_PAGE = 0xffff_ffff_ff60_0000L;

  private static final long WRITE_RIGHT = 1 << 1;
  private static final long USER_RIGHT = 1 << 2;

  private LeafTraits() {}

  /**
   * The traits of a leaf.
   *
   * @param virtualAddress canonical, in bytes
   * @param entry the leaf; bit 63 forbids execution
   * @param rights combined rights of the entry and all above it: bit 1 writing, bit 2 user mode;
   *     bit 63 forbids execution
   */
  public static int of(long virtualAddress, long entry, long rights) {
    boolean kernelHalf = virtualAddress < 0;
    // With page-table isolation, Linux forbids execution of the user's half in the kernel's copy of
    // the top-level table alone (arch/x86/mm/pti.c); the user's copy, which shares all other
    // tables, allows it.
    boolean executable = kernelHalf ? rights >= 0 : entry >= 0;
    boolean window = virtualAddress >= IMAGE_START && virtualAddress < IMAGE_END;
    return (kernelHalf ? KERNEL_HALF : 0)
        | ((rights & USER_RIGHT) != 0 ? USER : 0)
        | ((rights & WRITE_RIGHT) != 0 ? WRITABLE : 0)
        | (executable ? EXECUTABLE : 0)
        | (window ? IMAGE_WINDOW : 0)
        | (virtualAddress == VSYSCALL_PAGE ? VSYSCALL : 0);
  }

  /** Whether all of some traits are among those of a leaf. */
  public static boolean has(int leaf, int traits) {
    return (leaf & traits) == traits;
  }

  /** Whether the kernel can execute the memory. */
  public static boolean isKernelExecutable(int leaf) {
    return (leaf & (USER | EXECUTABLE)) == EXECUTABLE;
  }
}
