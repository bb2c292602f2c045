package io.pagestream.kernel.symbol;

import io.pagestream.kernel.memory.VirtualMemory;

/**
 * A table of symbols' addresses.
 *
 * @param encoding form of its entries
 * @param start virtual address of the first entry
 * @param base the base of offsets; 0 if the form has none
 */
record AddressTable(AddressEncoding encoding, long start, long base) {
  /** The address of a symbol. */
  long addressOf(VirtualMemory memory, int index) {
    long place = start + (long) index * encoding.bytes();
    long stored = encoding.bytes() == 8 ? memory.u64(place) : memory.i32(place);
    return encoding.decode(stored, base, place);
  }
}
