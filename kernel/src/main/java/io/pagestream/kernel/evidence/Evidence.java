package io.pagestream.kernel.evidence;

import io.pagestream.schemas.text.PrintableText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record about the system.
 *
 * @param kind its kind
 * @param space physical address of the top-level page table under which the address is valid
 * @param address virtual address of the record
 * @param values its values by name, in the order of display; text is printable ASCII and bounded
 */
public record Evidence(EvidenceKind kind, long space, long address, Map<String, String> values) {
  /** Maximum length of a value: PATH_MAX of Linux is 4096. */
  private static final int MOST_TEXT = 4096;

  /** Makes the text safe to store and print. */
  public Evidence {
    Map<String, String> printable = new LinkedHashMap<>();
    values.forEach((name, value) -> printable.put(name, PrintableText.of(value, MOST_TEXT)));
    values = Collections.unmodifiableMap(printable);
  }
}
