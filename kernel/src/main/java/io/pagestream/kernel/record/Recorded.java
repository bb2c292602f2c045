package io.pagestream.kernel.record;

import java.util.List;
import java.util.Optional;

/**
 * Entries of one of the kernel's lists.
 *
 * @param entries those that could be read, in the list's order
 * @param cut why the list ends before its end, as a clause; empty if it is complete
 */
public record Recorded<T>(List<T> entries, Optional<String> cut) {
  /** Copies the list. */
  public Recorded {
    entries = List.copyOf(entries);
  }

  /** Nothing could be read. */
  public static <T> Recorded<T> none(String why) {
    return new Recorded<>(List.of(), Optional.of(why));
  }
}
