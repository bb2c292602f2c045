package io.pagestream.kernel.symbol;

/** The forms in which kallsyms stores addresses (Linux, scripts/kallsyms.c of each version). */
enum AddressEncoding {
  /** 64-bit addresses: the only form before 4.6, possible until 6.10. */
  ABSOLUTE(8),
  /** Unsigned 32-bit offsets from a base: 4.6 to 6.19. */
  FROM_BASE(4),
  /**
   * 32-bit numbers: a negative one is the offset from a base, as base - 1 - number; others are the
   * address itself (x86 with per-CPU symbols, until 6.14).
   */
  SIGNED_FROM_BASE(4),
  /** Signed 32-bit offsets from the place of the number itself, without a base: from 7.0 on. */
  FROM_ITSELF(4);

  private final int bytes;

  AddressEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an entry. */
  int bytes() {
    return bytes;
  }

  /**
   * The address of a symbol.
   *
   * @param stored the entry, a 32-bit one with its sign
   * @param place virtual address of the entry
   */
  long decode(long stored, long base, long place) {
    return switch (this) {
      case ABSOLUTE -> stored;
      case FROM_BASE -> base + (stored & 0xffff_ffffL);
      case SIGNED_FROM_BASE -> stored < 0 ? base - 1 - stored : stored;
      case FROM_ITSELF -> place + stored;
    };
  }
}
