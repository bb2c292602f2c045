package io.pagestream.kernel.evidence;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps records of selected kinds in memory, up to 48 MiB. Confined to one thread. */
public final class EvidenceList implements Consumer<Evidence> {
  private static final long MOST_BYTES = 48L << 20;

  private final Set<String> kinds;
  private final List<Evidence> records = new ArrayList<>();
  private long weight;
  private long left;

  /**
   * An empty list.
   *
   * @param kinds words of the kinds that are kept; empty for all
   */
  public EvidenceList(Set<String> kinds) {
    this.kinds = Set.copyOf(kinds);
  }

  @Override
  public void accept(Evidence evidence) {
    if (!kinds.isEmpty() && !kinds.contains(evidence.kind().word())) {
      return;
    }
    weight += evidence.weight();
    if (weight > MOST_BYTES) {
      left++;
    } else {
      records.add(evidence);
    }
  }

  /** The records by kind, each kind in the order of the kernel's lists. */
  public List<Evidence> records() {
    return records.stream().sorted(Comparator.comparing(Evidence::kind)).toList(); // stable
  }

  /** The number of records that were not kept, if there are any. */
  public Optional<Doubt> doubt() {
    return left == 0
        ? Optional.empty()
        : Optional.of(
            DoubtReason.KERNEL_LIST_CUT.of(
                "%,d further records are not listed; list one kind at a time with --kinds"
                    .formatted(left)));
  }
}
