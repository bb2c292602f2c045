package io.pagestream.schemas.finding;

import io.pagestream.schemas.avro.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Checks findings before they are used, because other clients may write to the topic. Reuses a
 * digest: one object serves one thread.
 */
public final class FindingRules {
  private static final int MOST_KIND = 64;

  private final FindingIds ids = new FindingIds();

  /**
   * The problem of a finding, as the end of a sentence that begins with "a finding"; null if there
   * is none.
   *
   * @param key the key of its record
   */
  public @Nullable String violation(byte @Nullable [] key, Finding finding) {
    if (!ids.matches(finding)) {
      return "has an id that does not match its content";
    }
    if (!isKey(key, finding.getFindingId())) {
      return "has a key that is not its id";
    }
    if (!isKind(finding.getKind())) {
      return "has a kind that is not a short kebab-case word";
    }
    Location location = Location.of(finding);
    if (!location.isPossible()) {
      return location.isPhysical()
          ? "has an address out of bounds"
          : "has an address space that is not known";
    }
    return finding.getLength() < 0 ? "has a negative length" : null;
  }

  private static boolean isKey(byte @Nullable [] key, String id) {
    if (key == null || key.length != id.length()) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (key[i] != id.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKind(String kind) {
    int length = kind.length();
    if (length == 0 || length > MOST_KIND || kind.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = kind.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
