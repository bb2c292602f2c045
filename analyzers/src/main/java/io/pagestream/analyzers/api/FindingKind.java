package io.pagestream.analyzers.api;

import io.pagestream.schemas.avro.Confidence;

/**
 * A kind of findings that an analyzer can report.
 *
 * @param name kebab-case name; part of every finding's id, so it never changes
 * @param confidence how sure the analyzer's checks make it; {@code Confidence.avsc} says what each
 *     level stands for
 */
public record FindingKind(String name, Confidence confidence) {
  /** The bytes prove it themselves. */
  public static FindingKind proven(String name) {
    return new FindingKind(name, Confidence.HIGH);
  }

  /** The form is right, and a part was held against a rule that chance rarely meets. */
  public static FindingKind checked(String name) {
    return new FindingKind(name, Confidence.MEDIUM);
  }

  /** The form alone. */
  public static FindingKind looksLike(String name) {
    return new FindingKind(name, Confidence.LOW);
  }
}
