package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The banner that the kernel prints first (Linux, init/version.c): {@code Linux version}, release,
 * builder and compiler in parentheses, {@code #}, build number and time, and a line feed.
 */
final class KernelBanner {
  static final String KIND = "linux-banner";
  static final RecordFormat FORMAT =
      RecordFormat.startingWith("Linux version [1-9]", 15, KernelBanner::describe);

  private static final int RELEASE = 14;
  private static final int LONGEST = 512;

  private KernelBanner() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    int length = Lines.length(bytes, RELEASE, LONGEST, true);
    if (length < 0 || isPartOfWord(bytes)) {
      return null;
    }
    String banner = bytes.latin1(0, RELEASE + length);
    int builder = banner.indexOf(" (", RELEASE);
    if (builder < 0 || banner.indexOf(") #", builder) < 0) {
      return null;
    }
    String release = banner.substring(RELEASE, builder);
    return new Artifact(
        KIND, banner.length(), banner, Encoding.ASCII, Map.of("kernel-release", release), null);
  }

  /** As in {@code GNU/Linux version 5}. */
  private static boolean isPartOfWord(RecordBytes bytes) {
    if (!bytes.has(-1, 1)) {
      return false;
    }
    int before = bytes.u8(-1);
    return before == '/' || before == '-' || (before < 128 && Character.isLetterOrDigit(before));
  }
}
