package io.pagestream.mapper.policy;

/** The call by which a mapping is requested on Linux; the rows treat each differently. */
public enum LinuxCall {
  /**
   * {@code memtype_reserve} by a caller that accepts a different type, as ioremap does. Default.
   */
  RESERVE,
  /** {@code memtype_reserve} by a caller that accepts only the requested type. */
  RESERVE_EXACT,
  /** mmap of {@code /dev/mem}: {@code reserve_pfn_range}. */
  MMAP
}
