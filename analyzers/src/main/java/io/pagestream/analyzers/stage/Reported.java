package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.View;
import io.pagestream.schemas.finding.Location;
import java.util.Comparator;
import java.util.Map;

/**
 * An artifact reported by an analyzer, before it becomes a finding. The view is valid until the
 * next run.
 */
record Reported(
    View view,
    FindingKind kind,
    Location location,
    int offset,
    int length,
    String value,
    Encoding encoding,
    Map<String, String> attributes) {
  /** By address, then by decoding path; equal reports are adjacent. */
  static final Comparator<Reported> ORDER =
      Comparator.comparingLong(Reported::address)
          .thenComparing(reported -> reported.location().codecPath())
          .thenComparingLong(Reported::position)
          .thenComparing(reported -> reported.kind().name())
          .thenComparing(Reported::value);

  /** Address of its first byte, or of the first byte from which it was decoded. */
  long address() {
    return location.address();
  }

  /** Its start in memory, or in decoded data. */
  long position() {
    return location.isMemory() ? location.address() : location.decodedOffset();
  }

  /** Whether both are the same artifact. */
  boolean isSame(Reported other) {
    return location.equals(other.location)
        && kind.name().equals(other.kind.name())
        && value.equals(other.value);
  }
}
