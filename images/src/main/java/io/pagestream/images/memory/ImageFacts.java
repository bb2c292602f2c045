package io.pagestream.images.memory;

import io.pagestream.schemas.avro.Doubt;
import java.util.List;
import java.util.Map;

/**
 * What a format says of an image besides its pages.
 *
 * @param format short name: {@code raw}, {@code lime}, {@code elf64}, {@code elf32}, {@code kdump}
 * @param wrapping how it was wrapped, outermost first: {@code zstd}, {@code gzip}, {@code xz},
 *     {@code flattened}; joined by {@code ", "} in the manifest
 * @param hints facts for later stages: {@code cr3.0}, {@code kernel.release}, {@code machine},
 *     {@code vmcoreinfo}, {@code compression}, {@code dump.level} …
 * @param warnings what is worth knowing, in sentences for people
 * @param doubts what cannot be relied on: bytes given up, doubtful or moved; pages that turn out to
 *     be unreadable need not be listed
 */
public record ImageFacts(
    String format,
    List<String> wrapping,
    Map<String, String> hints,
    List<String> warnings,
    List<Doubt> doubts) {
  /** Copies its collections. */
  public ImageFacts {
    wrapping = List.copyOf(wrapping);
    hints = Map.copyOf(hints);
    warnings = List.copyOf(warnings);
    doubts = List.copyOf(doubts);
  }
}
