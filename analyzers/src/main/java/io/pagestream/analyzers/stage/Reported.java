package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.PageWindow;
import java.util.Comparator;
import java.util.Map;

/** What an analyzer reported, before it is a finding. The window is valid until the next run. */
record Reported(
    PageWindow window,
    FindingKind kind,
    long address,
    int offset,
    int length,
    String value,
    Encoding encoding,
    Map<String, String> attributes) {
  /** By address; equal reports lie next to each other. */
  static final Comparator<Reported> ORDER =
      Comparator.comparingLong(Reported::address)
          .thenComparing(reported -> reported.kind().name())
          .thenComparing(Reported::value);

  /** Whether both are the same artifact. */
  boolean isSame(Reported other) {
    return address == other.address
        && kind.name().equals(other.kind.name())
        && value.equals(other.value);
  }
}
