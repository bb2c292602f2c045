package io.pagestream.images.writing;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Locale;
import java.util.Set;

/**
 * Formats that a machine writes in its own byte order: a reader takes the order of the headers for
 * that of the memory in the dump, so a little-endian header before the memory of a big-endian
 * machine would be misleading.
 */
public final class ByteOrders {
  /**
   * Names of big-endian machines, as in {@code uname -m}, in lower case (QEMU writes "S390X");
   * little-endian ones have other names.
   */
  private static final Set<String> BIG_ENDIAN =
      Set.of(
          "aarch64_be",
          "armeb",
          "mips",
          "mips64",
          "parisc",
          "ppc",
          "ppc64",
          "s390",
          "s390x",
          "sparc",
          "sparc64",
          "big-endian");

  private ByteOrders() {}

  /**
   * Refuses the memory of a big-endian machine.
   *
   * @param format the format's name
   * @throws PagestreamException FORMAT_UNSUPPORTED
   */
  public static void requireLittle(StoredMemory memory, String format) {
    memory
        .facts()
        .machine()
        .architecture()
        .filter(name -> BIG_ENDIAN.contains(name.toLowerCase(Locale.ROOT)))
        .ifPresent(name -> {
          throw PagestreamException.of(
              ErrorCode.FORMAT_UNSUPPORTED,
              "memory of the big-endian machine %s cannot be written as %s".formatted(name, format),
              "choose raw, padded, lime or avml");
        });
  }
}
