package io.pagestream.kernel.locate;

import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.kernel.memory.VirtualMemory;

/**
 * A Linux kernel that was found in an image.
 *
 * @param memory the address space under its own page-table root, or under one that shares its half
 * @param info its VMCOREINFO; empty values if it was found by its page tables only
 * @param foundBy how it was found, as a phrase
 */
public record LocatedKernel(VirtualMemory memory, VmcoreInfo info, String foundBy) {
  /** First virtual address of the kernel's image (Linux, Documentation/arch/x86/x86_64/mm.rst). */
  public static final long IMAGE_START = 0xffff_ffff_8000_0000L;

  /** End of the kernel's image with address space layout randomization (KERNEL_IMAGE_SIZE). */
  public static final long IMAGE_END = 0xffff_ffff_c000_0000L;

  /** Whether a virtual address can be one of the kernel's image. */
  public static boolean isInImage(long virtualAddress) {
    return Long.compareUnsigned(virtualAddress, IMAGE_START) >= 0
        && Long.compareUnsigned(virtualAddress, IMAGE_END) < 0;
  }
}
