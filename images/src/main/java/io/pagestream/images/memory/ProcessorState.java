package io.pagestream.images.memory;

/**
 * The control registers of one x86 processor when the image was acquired.
 *
 * @param number the processor's number, from 0
 * @param cr0 whether and how it pages
 * @param cr3 physical address of its top-level page table, with flags or a PCID in the low bits
 * @param cr4 which paging extensions are on
 */
public record ProcessorState(int number, long cr0, long cr3, long cr4) {}
