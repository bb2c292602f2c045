package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.View;
import io.pagestream.schemas.finding.Location;
import java.util.Comparator;
import java.util.Map;

/** What an analyzer reported, before it is a finding. The view is valid until the next run. */
record Reported(
    View view,
    FindingKind kind,
    Location location,
    int offset,
    int length,
    String value,
    Encoding encoding,
    Map<String, String> attributes) {
  /** By address, then by what was decoded and where in it; equal reports lie next to each other. */
  static final Comparator<Reported> ORDER =
      Comparator.comparingLong(Reported::address)
          .thenComparing(reported -> reported.location().codecPath())
          .thenComparingLong(Reported::position)
          .thenComparing(reported -> reported.kind().name())
          .thenComparing(Reported::value);

  /** Address of its first byte, or of the first byte that it was decoded from. */
  long address() {
    return location.address();
  }

  /** Where in memory, or in what was decoded, it begins. */
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
