package io.pagestream.images.format.raw;

import io.pagestream.schemas.page.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The memory file of a VMware machine, {@code .vmem}, is raw, but leaves out the device hole below
 * 4 GiB: above it, only the state file next to it ({@code .vmss}, {@code .vmsn}) contains the
 * addresses of the memory.
 */
final class VmwareState {
  private static final Pattern MEMORY_FILE = Pattern.compile("(?i)(.+)\\.vmem(\\.\\w+)*");
  private static final long HOLE = 3L << 30;

  private VmwareState() {}

  /** Doubts about a raw image that follow from its name, if its addresses are its file offsets. */
  static List<String> warnings(Path file, long length) {
    Matcher name = MEMORY_FILE.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      return List.of();
    }
    String wrong = "address = offset is wrong from 3 GiB on";
    String give = "; give a sidecar with ranges, or convert it with vmss2core";
    Optional<String> state =
        Stream.of(".vmss", ".vmsn", ".VMSS", ".VMSN")
            .map(name.group(1)::concat)
            .filter(sibling -> Files.exists(file.resolveSibling(sibling)))
            .findFirst();
    if (state.isPresent()) {
      return List.of(
          "the VMware state file %s is next to it but is not supported; without its information, %s%s"
              .formatted(state.get(), wrong, give));
    }
    return length > HOLE
        ? List.of(
            "a VMware memory file of %,d MiB without its state file (.vmss, .vmsn): %s%s"
                .formatted(length / Pages.SIZE / 256, wrong, give))
        : List.of();
  }
}
