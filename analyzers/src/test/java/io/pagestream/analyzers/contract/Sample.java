package io.pagestream.analyzers.contract;

import java.util.List;

/**
 * A piece of memory and all that the analyzer must find in it, alone or with zero bytes around it.
 *
 * @param name description for messages
 * @param bytes the memory; one byte or more, and no more than a few pages
 * @param findings everything to be found, addresses counted from the first byte; empty for memory
 *     that only looks like an artifact
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sample(String name, byte[] bytes, List<Found> findings) {
  /** Copies the list. */
  public Sample {
    findings = List.copyOf(findings);
    if (bytes.length == 0) {
      throw new IllegalArgumentException("sample '" + name + "' is empty");
    }
  }

  /** A sample with these findings. */
  public static Sample of(String name, byte[] bytes, Found... findings) {
    return new Sample(name, bytes, List.of(findings));
  }

  @Override
  public String toString() {
    return name;
  }
}
