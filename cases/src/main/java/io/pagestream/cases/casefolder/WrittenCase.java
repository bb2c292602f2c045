package io.pagestream.cases.casefolder;

import java.util.List;

/**
 * A case that has been written.
 *
 * @param summary the lines of {@code summary.txt}
 * @param sealSha256 SHA-256 of {@code manifest.json}, which represents the whole case; a copy of it
 *     can prove later that nothing was changed
 */
public record WrittenCase(List<String> summary, String sealSha256) {
  /** Copies its list. */
  public WrittenCase {
    summary = List.copyOf(summary);
  }
}
