package io.pagestream.cases.coverage;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Critical warnings about an image's page tables, from the hints {@code page-tables…} of its
 * manifest: without them, or with a part of them, verdicts know less.
 */
final class PageTableWarnings {
  /** Images of less memory (16 MiB) are excerpts: they usually have no page tables. */
  static final long FEWEST_PAGES = 4096;

  private static final String STATE = "page-tables";

  private PageTableWarnings() {}

  static List<String> of(ImageManifest manifest) {
    Map<String, String> hints = manifest.getHints();
    List<String> warnings = new ArrayList<>();
    boolean raw = manifest.getFormat().equals("raw");
    boolean none = hints.getOrDefault(STATE, "").startsWith("none found");
    boolean missing = number(hints, "page-tables.missing") > 0;
    if (none && held(manifest) >= FEWEST_PAGES) {
      warnings.add(
          "Page tables: none found. Verdicts are decided by the memory map alone, and conflicting"
              + " mappings cannot be found.");
    }
    if (missing) {
      warnings.add(
          "Page tables: %s tables are not in the image, so mappings are incomplete."
              .formatted(hints.get("page-tables.missing")));
    }
    if (raw && !hasOffsets(manifest) && (missing || (none && held(manifest) >= FEWEST_PAGES))) {
      warnings.add(
          "The addresses of this raw image look squeezed: memory above a hole may be at a lower file"
              + " offset than its address. Try --ranges (docs/range-map.md).");
    }
    if ("yes".equals(hints.get("page-tables.given-up"))) {
      warnings.add(
          "Page tables: the walk was given up, because they do not end. Forged page tables may be"
              + " the cause.");
    }
    if (number(hints, "page-tables.user-mapped-tables") > 0) {
      warnings.add(
          "Page tables: %s of them can be written by programs and decide nothing. They are probably"
                  .formatted(hints.get("page-tables.user-mapped-tables"))
              + " forged.");
    }
    return warnings;
  }

  private static long held(ImageManifest manifest) {
    return manifest.getRangeMapPages() - manifest.getAbsentPages();
  }

  /** Whether the positions of a raw image's ranges are known: then it has a range above a hole. */
  private static boolean hasOffsets(ImageManifest manifest) {
    long end = 0;
    for (AddressRange range : manifest.getRanges()) {
      if (range.getPhysicalAddress() > end && manifest.getAbsentPages() == 0) {
        return true;
      }
      end = range.getPhysicalAddress() + Pages.address(range.getPageCount());
    }
    return false;
  }

  /** A count among the hints, which are as untrusted as the manifest; 0 if there is none. */
  private static long number(Map<String, String> hints, String name) {
    String value = hints.getOrDefault(name, "");
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }
}
