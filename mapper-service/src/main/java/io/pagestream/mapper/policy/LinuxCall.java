package io.pagestream.mapper.policy;

/** The call by which a mapping is requested on Linux; the rows treat each differently. */
public enum LinuxCall {
  /** {@code memtype_reserve} by a caller that takes another type too, as ioremap does. Default. */
  RESERVE,
  /** {@code memtype_reserve} by a caller that takes the requested type or none. */
  RESERVE_EXACT,
  /** mmap of {@code /dev/mem}: {@code reserve_pfn_range}. */
  MMAP
}
