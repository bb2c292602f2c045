package io.pagestream.kernel.symbol;

import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.MemoryScan;
import io.pagestream.kernel.memory.VirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds kallsyms in a kernel's image without VMCOREINFO. The token table is recognized by the
 * digits, which stand for themselves; everything else by the order of the tables (Linux,
 * scripts/kallsyms.c):
 *
 * <ul>
 *   <li>before 4.6: addresses, num_syms, names, markers, token_table, token_index
 *   <li>4.6 to 6.3: offsets, relative_base, num_syms, names, markers, [seqs_of_names], token_table,
 *       token_index
 *   <li>from 6.4: num_syms, names, markers, token_table, token_index, offsets, [relative_base],
 *       seqs_of_names
 * </ul>
 *
 * <p>Each table is aligned to 8 bytes. Markers, the offset of every 256th name, take 8 bytes each
 * before 4.20 and 4 since.
 */
final class KallsymsSearch {
  private static final int MOST_TOKEN_TABLES = 32;
  private static final int TOKENS = 256;
  private static final int DIGIT_0 = '0';

  /** The longest token table seen is under 1.5 KiB. */
  private static final int TABLE_WINDOW = 8 << 10;

  /** Names, markers and sequence numbers of 250,000 symbols take under 8 MiB. */
  private static final int BEFORE_TOKENS = 16 << 20;

  private static final int MOST_PARSES = 512;
  private static final int FEWEST_SYMBOLS = 256;
  private static final int BLOCK = 256;

  private final VirtualMemory memory;

  KallsymsSearch(VirtualMemory memory) {
    this.memory = memory;
  }

  /** The sets of tables that are consistent, in the order of their addresses. */
  List<KallsymsTables> find() {
    List<KallsymsTables> found = new ArrayList<>();
    MemoryScan scan = new MemoryScan(memory, LocatedKernel.IMAGE_START, LocatedKernel.IMAGE_END);
    for (long digits : scan.find(digits(), MOST_TOKEN_TABLES)) {
      tables(digits).ifPresent(found::add);
    }
    return found;
  }

  /** "0", "1" … "9", each with its NUL. */
  private static byte[] digits() {
    byte[] pattern = new byte[20];
    for (int i = 0; i < 10; i++) {
      pattern[2 * i] = (byte) (DIGIT_0 + i);
    }
    return pattern;
  }

  private Optional<KallsymsTables> tables(long digits) {
    try {
      return around(digits);
    } catch (DamagedRecordException e) {
      return Optional.empty(); // not a token table, or not completely in the image
    }
  }

  private Optional<KallsymsTables> around(long digits) {
    byte[] before = new byte[TABLE_WINDOW];
    byte[] after = new byte[TABLE_WINDOW];
    int low = readable(digits - TABLE_WINDOW, before);
    memory.read(digits, after);
    // The end of token 0 is the 48th NUL before the digit 0; its start follows from the index.
    int endOfFirst = before.length;
    for (int tokens = 0; tokens < DIGIT_0; tokens++) {
      endOfFirst--;
      while (endOfFirst > low && tokens < DIGIT_0 - 1 && before[endOfFirst - 1] != 0) {
        endOfFirst--;
      }
      if (endOfFirst <= low) {
        return Optional.empty();
      }
    }
    // endOfFirst is now the position of the NUL that ends token 0.
    int end = 0;
    for (int tokens = DIGIT_0; tokens < TOKENS; tokens++) {
      while (end < after.length && after[end] != 0) {
        end++;
      }
      end++;
    }
    if (end >= after.length) {
      return Optional.empty();
    }
    long firstNul = digits - before.length + endOfFirst;
    for (long index = (digits + end + 1) & -2L; index <= digits + end + BLOCK; index += 2) {
      int second = memory.u16(index + 2);
      long start = firstNul + 1 - second;
      if (memory.u16(index) == 0
          && second > 0
          && memory.u16(index + 2 * DIGIT_0) == digits - start
          && memory.u16(index + 2 * (DIGIT_0 + 1)) == digits - start + 2) {
        return before(start, index);
      }
    }
    return Optional.empty();
  }

  /** Fills the end of an array; returns the index of its first byte that is there. */
  private int readable(long address, byte[] window) {
    for (int skip = 0; skip < window.length; skip += 256) {
      if (memory.tryRead(address + skip, window, skip, window.length - skip)) {
        return skip;
      }
    }
    return window.length;
  }

  /** Looks for num_syms and the names before a token table, and the addresses on both sides. */
  private Optional<KallsymsTables> before(long tokenTable, long tokenIndex) {
    SymbolNames names = new SymbolNames(memory, tokenTable, tokenIndex);
    int parses = 0;
    for (long at = (tokenTable & -8L) - 16;
        tokenTable - at < BEFORE_TOKENS && parses < MOST_PARSES;
        at -= 8) {
      if (memory.translate(at) < 0) {
        return Optional.empty();
      }
      long count = memory.u64(at);
      if (count < FEWEST_SYMBOLS || count > KallsymsTables.MOST_SYMBOLS) {
        continue;
      }
      if (count > tokenTable - at) {
        continue; // a name takes at least two bytes, so this is far too many
      }
      parses++;
      if (hasNames(names, at + 8, (int) count, tokenTable)) {
        return Optional.of(tables((int) count, at, tokenTable, tokenIndex));
      }
    }
    return Optional.empty();
  }

  /** Whether names begin at an address: the markers after them must have their offsets. */
  private boolean hasNames(SymbolNames names, long start, int count, long tokenTable) {
    try {
      long[] second = {-1};
      names.forEach(
          start, Math.min(count, BLOCK), (index, text, length) -> requireType(text, length));
      second[0] = names.forEach(start, BLOCK, (index, text, length) -> {}) - start;
      long end = names.forEach(start, count, (index, text, length) -> {});
      long markers = (end + 7) & -8L;
      if (markers >= tokenTable) {
        return false;
      }
      boolean narrow = memory.u32(markers) == 0 && memory.u32(markers + 4) == second[0];
      boolean wide = memory.u64(markers) == 0 && memory.u64(markers + 8) == second[0];
      return narrow || wide;
    } catch (DamagedRecordException e) {
      return false;
    }
  }

  private static void requireType(byte[] text, int length) {
    boolean letter =
        length > 1 && ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
    if (!letter) {
      throw new DamagedRecordException("not a symbol's type");
    }
  }

  private KallsymsTables tables(int count, long numSyms, long tokenTable, long tokenIndex) {
    List<AddressTable> addresses = new ArrayList<>();
    long offsetBytes = (4L * count + 7) & -8L;
    long after = (tokenIndex + 2 * TOKENS + 7) & -8L;
    addBased(after, after + offsetBytes, addresses);
    addresses.add(new AddressTable(AddressEncoding.FROM_ITSELF, after, 0));
    addBased(numSyms - 8 - offsetBytes, numSyms - 8, addresses);
    addresses.add(new AddressTable(AddressEncoding.ABSOLUTE, numSyms - 8L * count, 0));
    return new KallsymsTables(count, numSyms + 8, tokenTable, tokenIndex, addresses);
  }

  private void addBased(long table, long baseAt, List<AddressTable> addresses) {
    byte[] word = new byte[8];
    if (memory.tryRead(baseAt, word, 0, word.length)) {
      KallsymsTables.fromBase(table, memory.u64(baseAt), addresses);
    }
  }
}
