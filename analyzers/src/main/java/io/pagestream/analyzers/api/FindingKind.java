package io.pagestream.analyzers.api;

import io.pagestream.schemas.avro.Confidence;

/**
 * A kind of findings that an analyzer can report.
 *
 * @param name kebab-case name; part of every finding's id, so it never changes
 * @param confidence the confidence that results from the analyzer's checks; {@code Confidence.avsc}
 *     defines the levels
 */
public record FindingKind(String name, Confidence confidence) {
  /** The bytes themselves prove it. */
  public static FindingKind proven(String name) {
    return new FindingKind(name, Confidence.HIGH);
  }

  /** The form is correct, and a part satisfies a rule that random data rarely satisfies. */
  public static FindingKind checked(String name) {
    return new FindingKind(name, Confidence.MEDIUM);
  }

  /** Only the form is correct. */
  public static FindingKind looksLike(String name) {
    return new FindingKind(name, Confidence.LOW);
  }
}
