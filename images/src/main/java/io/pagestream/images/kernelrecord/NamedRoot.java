package io.pagestream.images.kernelrecord;

import io.pagestream.schemas.text.PrintableText;

/**
 * A page-table root that a kernel recorded.
 *
 * @param physicalAddress of the top-level table, page aligned
 * @param name of the process, printable ASCII; {@code kernel} for the kernel's own
 * @param pid the process's id; 0 for the kernel's own
 */
public record NamedRoot(long physicalAddress, String name, int pid) {
  /** Linux limits a name to 15 bytes. */
  private static final int MOST_NAME = 32;

  /** Makes the name safe to store and print. */
  public NamedRoot {
    name = PrintableText.of(name, MOST_NAME);
  }
}
