package io.pagestream.findings.live;

import io.pagestream.schemas.avro.Finding;
import java.util.Set;

/**
 * Which findings are wanted.
 *
 * @param kinds kinds; empty for all
 * @param images image ids or image names; empty for all
 */
public record FindingFilter(Set<String> kinds, Set<String> images) {
  /** Lets everything through. */
  public static final FindingFilter ALL = new FindingFilter(Set.of(), Set.of());

  /** Copies its sets. */
  public FindingFilter {
    kinds = Set.copyOf(kinds);
    images = Set.copyOf(images);
  }

  /** Whether a finding is wanted. */
  public boolean wants(Finding finding) {
    return (kinds.isEmpty() || kinds.contains(finding.getKind()))
        && (images.isEmpty()
            || images.contains(finding.getImageId())
            || images.contains(finding.getImage()));
  }
}
