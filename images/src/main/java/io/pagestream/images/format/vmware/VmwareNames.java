package io.pagestream.images.format.vmware;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the two files of a VMware machine: {@code NAME.vmem} has the memory, {@code NAME.vmss}
 * (suspended) or {@code NAME.vmsn} (snapshot) the state. NAME may end in the number of the
 * snapshot. Extensions of compression may follow.
 */
final class VmwareNames {
  /** Other extensions are those of sidecars, as in {@code NAME.vmem.iomem}. */
  private static final String COMPRESSION = "(?:\\.(?:gz|gzip|zst|zstd|xz|bz2|lz4|zip))*";

  private static final Pattern MEMORY = Pattern.compile("(?i)(.+)\\.vmem" + COMPRESSION);
  private static final Pattern STATE = Pattern.compile("(?i)(.+)\\.vms[sn]" + COMPRESSION);

  private VmwareNames() {}

  /** Whether a file is called {@code NAME.vmem}. */
  static boolean isMemory(Path file) {
    return name(MEMORY, file).isPresent();
  }

  /** Whether a file is called {@code NAME.vmss} or {@code NAME.vmsn}. */
  static boolean isState(Path file) {
    return name(STATE, file).isPresent();
  }

  /** Whether a state file and a memory file have the same NAME, in the same folder. */
  static boolean belongTogether(Path state, Path memory) {
    Optional<String> name = name(STATE, state);
    return name.isPresent()
        && name.equals(name(MEMORY, memory))
        && folder(state).equals(folder(memory));
  }

  private static Optional<String> name(Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file : folder;
  }
}
