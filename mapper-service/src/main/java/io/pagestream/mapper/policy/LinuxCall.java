package io.pagestream.mapper.policy;

/** By which way a reader on Linux asks; the rows differ in what they do for each. */
public enum LinuxCall {
  /** {@code memtype_reserve} by a caller that takes another type too, as ioremap does. Default. */
  RESERVE,
  /** {@code memtype_reserve} by a caller that takes the requested type or none. */
  RESERVE_EXACT,
  /** mmap of {@code /dev/mem}: {@code reserve_pfn_range}. */
  MMAP
}
