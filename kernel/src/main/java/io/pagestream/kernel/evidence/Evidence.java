package io.pagestream.kernel.evidence;

import io.pagestream.images.pagetable.AddressTranslator;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.schemas.finding.EvidenceKind;
import io.pagestream.schemas.text.PrintableText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A record about the system.
 *
 * @param kind its kind
 * @param space physical address of the top-level page table under which the address is valid
 * @param address virtual address of the record
 * @param physicalAddress physical address of its first byte
 * @param length length of the record in memory, in bytes
 * @param values its values by name, in the order of display; text is printable ASCII and bounded
 */
public record Evidence(
    EvidenceKind kind,
    long space,
    long address,
    OptionalLong physicalAddress,
    int length,
    Map<String, String> values) {
  /** Maximum length of a value: PATH_MAX of Linux is 4096. */
  private static final int MOST_TEXT = 4096;

  /** Makes the text safe to store and print. */
  public Evidence {
    Map<String, String> printable = new LinkedHashMap<>();
    values.forEach((name, value) -> printable.put(name, PrintableText.of(value, MOST_TEXT)));
    values = Collections.unmodifiableMap(printable);
  }

  static Evidence of(
      VirtualMemory memory,
      EvidenceKind kind,
      long address,
      int length,
      Map<String, String> values) {
    long physical = memory.translate(address);
    return new Evidence(
        kind,
        memory.root(),
        address,
        physical == AddressTranslator.UNMAPPED ? OptionalLong.empty() : OptionalLong.of(physical),
        length,
        values);
  }

  /** A value; empty if the record does not have it. */
  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** Approximate memory that the record takes, in bytes. */
  int weight() {
    int weight = 200;
    for (String value : values.values()) {
      weight += 100 + value.length();
    }
    return weight;
  }
}
