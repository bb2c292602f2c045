package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.Optional;

/** What the lines of a kernel's log contain about physical addresses and memory types. */
public final class KernelLogRanges {
  private static final String NAME = "kernel log in the image";

  private KernelLogRanges() {}

  /** The e820 map of the firmware; empty if the log has none, or a damaged one. */
  public static List<Claim> e820(List<String> lines) {
    try {
      return ClaimedRanges.of(E820File.read(SideContent.ofLines(NAME, lines)));
    } catch (PagestreamException e) {
      return List.of(); // a log without the lines of the boot, which were overwritten
    }
  }

  /** The layout of the PAT; empty if the log has none. */
  public static Optional<PatLayout> pat(List<String> lines) {
    try {
      return PatText.layout(SideContent.ofLines(NAME, lines));
    } catch (PagestreamException e) {
      return Optional.empty();
    }
  }
}
