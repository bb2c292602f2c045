package io.pagestream.cases.live;

import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Selects findings.
 *
 * @param kinds kinds; empty for all
 * @param images image ids or image names; empty for all
 * @param least minimum confidence; UNRATED for all
 */
public record FindingFilter(Set<String> kinds, Set<String> images, Confidence least) {
  /** Accepts all findings. */
  public static final FindingFilter ALL = of(Set.of(), Set.of());

  /** Copies its sets. */
  public FindingFilter {
    kinds = Set.copyOf(kinds);
    images = Set.copyOf(images);
  }

  /** Accepts findings of the given kinds and images with any confidence. */
  public static FindingFilter of(Set<String> kinds, Set<String> images) {
    return new FindingFilter(kinds, images, Confidence.UNRATED);
  }

  /** The accepted levels of confidence, in ascending order. */
  public List<Confidence> confidences() {
    return Arrays.stream(Confidence.values()).filter(this::isSure).toList();
  }

  private boolean isSure(Confidence confidence) {
    return confidence.compareTo(least) >= 0;
  }

  /** Whether a finding is accepted. */
  public boolean wants(Finding finding) {
    return (kinds.isEmpty() || kinds.contains(finding.getKind()))
        && (images.isEmpty()
            || images.contains(finding.getImageId())
            || images.contains(finding.getImage()))
        && isSure(finding.getConfidence());
  }
}
