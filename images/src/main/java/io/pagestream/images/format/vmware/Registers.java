package io.pagestream.images.format.vmware;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.ProcessorState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The control registers in the group {@code cpu}: {@code CR64} (or {@code CR}) with the indices
 * processor and register.
 */
final class Registers {
  private static final int MOST_PROCESSORS = 1024;
  private static final int CR0 = 0;
  private static final int CR3 = 3;
  private static final int CR4 = 4;

  private Registers() {}

  /** The registers of each processor that has all three. */
  static MachineFacts of(StateFile file) {
    Map<Integer, long[]> registers = new TreeMap<>();
    Optional<StateTags> tags = file.group("cpu");
    Optional<StateTag> next = tags.flatMap(StateTags::next);
    while (next.isPresent()) {
      StateTag tag = next.get();
      if (tag.isNumber("CR64", 2) || tag.isNumber("CR", 2)) {
        int processor = tag.indices().getFirst();
        int register = tag.indices().getLast();
        if (processor >= 0 && processor < MOST_PROCESSORS && register >= 0 && register <= CR4) {
          registers.computeIfAbsent(processor, _ -> new long[CR4 + 1])[register] = tag.number();
        }
      }
      next = tags.flatMap(StateTags::next);
    }
    MachineFacts facts = MachineFacts.NONE;
    for (Map.Entry<Integer, long[]> entry : registers.entrySet()) {
      long[] values = entry.getValue();
      if (values[CR0] != 0 && values[CR3] != 0) {
        facts =
            facts.withProcessor(
                new ProcessorState(entry.getKey(), values[CR0], values[CR3], values[CR4]));
      }
    }
    return facts;
  }
}
