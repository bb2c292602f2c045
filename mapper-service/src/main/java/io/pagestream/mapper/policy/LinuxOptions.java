package io.pagestream.mapper.policy;

/**
 * Choices of the {@code linux} profile.
 *
 * @param call by which way the reader asks
 * @param patEnabled whether the kernel uses PAT; it does not when booted with {@code nopat}; row 1
 */
public record LinuxOptions(LinuxCall call, boolean patEnabled) {
  /** A kernel with PAT, asked by a caller that takes what there is. */
  public static final LinuxOptions DEFAULT = new LinuxOptions(LinuxCall.RESERVE, true);
}
