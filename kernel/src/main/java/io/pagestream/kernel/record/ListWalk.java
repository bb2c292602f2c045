package io.pagestream.kernel.record;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks Linux's doubly linked lists (include/linux/list.h). Each entry must point back to the one
 * before it, so a walk cannot loop or leave its list unnoticed.
 */
public final class ListWalk {
  private static final int MOST_ENTRIES = 1 << 16;

  private ListWalk() {}

  /**
   * The entries of a list.
   *
   * @param head virtual address of the head
   * @param member offset of the list's links in an entry; 0 returns the links themselves
   * @return virtual addresses of the entries
   */
  public static Recorded<Long> of(VirtualMemory memory, long head, long member) {
    List<Long> entries = new ArrayList<>();
    try {
      long before = head;
      for (long at = memory.u64(head); at != head; at = memory.u64(at)) {
        if (memory.u64(at + Long.BYTES) != before) {
          throw new DamagedRecordException(
              "an entry at 0x%x does not point back to the one before it".formatted(at));
        }
        if (entries.size() == MOST_ENTRIES) {
          throw new DamagedRecordException("it does not end");
        }
        entries.add(at - member);
        before = at;
      }
      return new Recorded<>(entries, Optional.empty());
    } catch (DamagedRecordException e) {
      return new Recorded<>(entries, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
