package io.pagestream.exports.format;

import io.pagestream.schemas.avro.Finding;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time that a finding contains, and its meaning. Most findings contain no time.
 *
 * @param time the time
 * @param meaning the event at this time
 */
record ArtifactTime(Instant time, String meaning) {
  /** An attribute of a kind that is a time. */
  private record Rule(String kind, String attribute, String meaning) {}

  private static final List<Rule> RULES =
      List.of(
          // RFC 1952, MTIME: "the most recent modification time of the original file".
          new Rule("gzip", "modified", "File modification time in a gzip header"),
          // PE/COFF, TimeDateStamp: with reproducible builds it may be a hash; the name indicates
          // this.
          new Rule("pe", "timestamp", "PE header timestamp (written by the linker)"));

  /** The time of a finding, or null if it contains none. */
  static @Nullable ArtifactTime of(Finding finding) {
    for (Rule rule : RULES) {
      String text = finding.getAttributes().get(rule.attribute());
      if (text != null && rule.kind().equals(finding.getKind())) {
        try {
          return new ArtifactTime(Instant.parse(text), rule.meaning());
        } catch (DateTimeParseException e) {
          return null; // not written by our analyzer
        }
      }
    }
    return null;
  }
}
