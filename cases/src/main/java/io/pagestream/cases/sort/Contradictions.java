package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Findings that arrived twice with the same id but different content. An id covers the artifact and
 * its location; the rest (context, verdict, attributes) is deterministic too, so two different
 * records with one id cannot both be genuine. Equal copies, as after a restart, are not
 * contradictions. Confined to one thread.
 */
final class Contradictions {
  private static final int MOST = 1000;

  private final RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
  private final List<FindingEntry> entries = new ArrayList<>();

  /** Compares a copy of a finding that is dropped with the one that is kept. */
  void compare(FindingEntry kept, FindingEntry dropped) {
    if (entries.size() < MOST
        && !Arrays.equals(kept.encoded(), dropped.encoded())
        // Maps have no order, so equal records may have different bytes.
        && !codec.decode(kept.encoded(), null).equals(codec.decode(dropped.encoded(), null))) {
      entries.add(dropped);
    }
  }

  /** The first contradictions, in the order in which copies were dropped. */
  List<FindingEntry> entries() {
    return List.copyOf(entries);
  }
}
