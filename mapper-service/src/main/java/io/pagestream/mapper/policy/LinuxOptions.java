package io.pagestream.mapper.policy;

/**
 * Options of the {@code linux} profile.
 *
 * @param call the call that requests the mapping
 * @param patEnabled whether the kernel uses PAT; it does not if booted with {@code nopat}; row 1
 */
public record LinuxOptions(LinuxCall call, boolean patEnabled) {
  /** A kernel with PAT and a caller that accepts a different type. */
  public static final LinuxOptions DEFAULT = new LinuxOptions(LinuxCall.RESERVE, true);
}
