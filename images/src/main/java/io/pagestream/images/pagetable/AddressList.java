package io.pagestream.images.pagetable;

import java.util.Arrays;

/** Physical addresses with a value each, up to a limit; further ones are dropped. */
final class AddressList {
  /** Far more top-level tables than processes on any machine. */
  private static final int MOST = 1 << 20;

  private long[] addresses = new long[64];
  private long[] values = new long[64];
  private int size;

  void add(long address, long value) {
    if (size == MOST) {
      return;
    }
    if (size == addresses.length) {
      addresses = Arrays.copyOf(addresses, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    addresses[size] = address;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long address(int index) {
    return addresses[index];
  }

  long value(int index) {
    return values[index];
  }

  boolean isFull() {
    return size == MOST;
  }
}
