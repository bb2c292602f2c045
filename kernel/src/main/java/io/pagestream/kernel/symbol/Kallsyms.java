package io.pagestream.kernel.symbol;

import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a kernel's symbol table. The form of the addresses is chosen by content, never by version:
 * {@code linux_banner} must point to the kernel's version, and {@code _stext} must be where
 * VMCOREINFO claims it is.
 */
public final class Kallsyms {
  private static final String BANNER = "linux_banner";
  private static final String TEXT = "_stext";
  private static final byte[] VERSION = "Linux version ".getBytes(StandardCharsets.US_ASCII);

  private final LocatedKernel kernel;
  private final VirtualMemory memory;
  private final Set<String> wanted;
  private final Set<Integer> hashes = new HashSet<>();

  private Kallsyms(LocatedKernel kernel, Set<String> wanted) {
    this.kernel = kernel;
    this.memory = kernel.memory();
    this.wanted = new HashSet<>(wanted);
    this.wanted.add(BANNER);
    this.wanted.add(TEXT);
    this.wanted.forEach(name -> hashes.add(name.hashCode()));
  }

  /**
   * Reads the symbol table.
   *
   * @param wanted names of the symbols to keep
   * @return empty if the kernel has no table that can be read
   */
  public static Optional<SymbolTable> read(LocatedKernel kernel, Set<String> wanted) {
    Kallsyms kallsyms = new Kallsyms(kernel, wanted);
    Optional<SymbolTable> found = kallsyms.tried(kallsyms.named());
    if (found.isPresent()) {
      return found;
    }
    for (KallsymsTables tables : new KallsymsSearch(kernel.memory()).find()) {
      found = kallsyms.tried(Optional.of(tables));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<KallsymsTables> named() {
    try {
      return KallsymsTables.of(kernel.info(), memory);
    } catch (DamagedRecordException e) {
      return Optional.empty();
    }
  }

  private Optional<SymbolTable> tried(Optional<KallsymsTables> tables) {
    try {
      return tables.flatMap(this::decoded);
    } catch (DamagedRecordException e) {
      return Optional.empty(); // the next candidate is tried; without any, the caller reports it
    }
  }

  private Optional<SymbolTable> decoded(KallsymsTables tables) {
    Map<String, Integer> indexes = new HashMap<>();
    Map<String, Character> types = new HashMap<>();
    new SymbolNames(memory, tables.tokenTable(), tables.tokenIndex())
        .forEach(
            tables.names(),
            tables.count(),
            (index, text, length) -> {
              if (length > 1 && hashes.contains(hash(text, length))) {
                String name = new String(text, 1, length - 1, StandardCharsets.ISO_8859_1);
                char type = (char) text[0];
                if (wanted.contains(name) && isBetter(type, types.get(name))) {
                  indexes.put(name, index);
                  types.put(name, type);
                }
              }
            });
    for (AddressTable table : tables.addresses()) {
      Map<String, Long> addresses = new HashMap<>();
      indexes.forEach((name, index) -> addresses.put(name, table.addressOf(memory, index)));
      if (isRight(addresses)) {
        return Optional.of(new SymbolTable(addresses, tables.count()));
      }
    }
    return Optional.empty();
  }

  /** Several static functions may have the name of a variable: a variable is preferred. */
  private static boolean isBetter(char type, @org.jspecify.annotations.Nullable Character known) {
    return known == null
        || (Character.toLowerCase(known) == 't' && Character.toLowerCase(type) != 't');
  }

  /** As {@link String#hashCode} of the name after the type. */
  private static int hash(byte[] text, int length) {
    int hash = 0;
    for (int i = 1; i < length; i++) {
      hash = 31 * hash + (text[i] & 0xff);
    }
    return hash;
  }

  private boolean isRight(Map<String, Long> addresses) {
    Long text = addresses.get(TEXT);
    if (text == null || !LocatedKernel.isInImage(text)) {
      return false;
    }
    OptionalLong known = kernel.info().symbol(TEXT);
    if (known.isPresent() && known.getAsLong() != text) {
      return false;
    }
    Long banner = addresses.get(BANNER);
    // Without CONFIG_KALLSYMS_ALL there are no symbols of data.
    return banner == null ? known.isPresent() : startsWithVersion(banner);
  }

  private boolean startsWithVersion(long banner) {
    byte[] there = new byte[VERSION.length];
    return memory.tryRead(banner, there, 0, there.length)
        && java.util.Arrays.equals(there, VERSION);
  }

  /** All names with their types, in order, for tests and listings. */
  static List<String> names(LocatedKernel kernel) {
    List<String> names = new ArrayList<>();
    KallsymsTables tables = KallsymsTables.of(kernel.info(), kernel.memory()).orElseThrow();
    new SymbolNames(kernel.memory(), tables.tokenTable(), tables.tokenIndex())
        .forEach(
            tables.names(),
            tables.count(),
            (index, text, length) ->
                names.add(new String(text, 0, length, StandardCharsets.ISO_8859_1)));
    return names;
  }
}
