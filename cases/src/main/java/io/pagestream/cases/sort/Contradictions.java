package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Findings that came twice under one id with different content. An id covers what was found and
 * where; the rest (context, verdict, attributes) is deterministic too, so two different records
 * under one id cannot both be genuine. Copies that are equal, as after a restart, are none. For one
 * thread.
 */
final class Contradictions {
  private static final int MOST = 1000;

  private final RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
  private final List<FindingEntry> entries = new ArrayList<>();

  /** Compares a copy of a finding that is dropped with the one that is kept. */
  void compare(FindingEntry kept, FindingEntry dropped) {
    if (entries.size() < MOST
        && !Arrays.equals(kept.encoded(), dropped.encoded())
        // Maps have no order, so equal records may be different bytes.
        && !codec.decode(kept.encoded(), null).equals(codec.decode(dropped.encoded(), null))) {
      entries.add(dropped);
    }
  }

  /** The first of them, as they were dropped. */
  List<FindingEntry> entries() {
    return List.copyOf(entries);
  }
}
