package io.pagestream.images.format.qemu;

import io.pagestream.images.memory.ProcessorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is needed of the state of devices. Each is in a section {@code 04}, u32 number, u8 length,
 * name, u32 instance, u32 version, whose length only QEMU knows; they are found by their names.
 */
record DeviceState(List<ProcessorState> processors, Optional<byte[]> cmos) {
  static final DeviceState NONE = new DeviceState(List.of(), Optional.empty());

  private static final int FULL = 0x04;

  /** Devices have a few MiB of state; some graphics cards have more. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int MOST_PROCESSORS = 512;
  private static final int CMOS_BYTES = 128;
  private static final String CMOS = "mc146818rtc";
  private static final String PROCESSOR = "cpu";

  /** Version of x86 processors (QEMU target/i386/machine.c), since 2009. */
  private static final long PROCESSOR_VERSION = 12;

  /** 16 u64 registers, rip, rflags, u32, FPU of 92 bytes and so on; then cr0, cr2, cr3, cr4. */
  private static final int CR0 = 456;

  private static final int CR3 = 472;
  private static final int CR4 = 480;

  /** Searches from the end of the RAM on. */
  static DeviceState read(StreamWindow window, long from, long length) {
    List<ProcessorState> processors = new ArrayList<>();
    Optional<byte[]> cmos = Optional.empty();
    long end = Math.min(length, from + MOST_BYTES);
    for (long at = window.find(FULL, from, end); at >= 0; at = window.find(FULL, at + 1, end)) {
      if (isSection(window, at, PROCESSOR) && processors.size() < MOST_PROCESSORS) {
        processor(window, at, processors.size()).ifPresent(processors::add);
      } else if (cmos.isEmpty() && isSection(window, at, CMOS)) {
        cmos = cmos(window, at + 6 + CMOS.length() + 8);
      }
    }
    return new DeviceState(processors, cmos);
  }

  private static boolean isSection(StreamWindow window, long at, String name) {
    return window.u8(at + 5) == name.length()
        && window.has(at, 6 + name.length() + 8)
        && window.text(at + 6, name.length()).equals(name)
        && window.u32(at + 6 + name.length() + 4) <= PROCESSOR_VERSION;
  }

  private static Optional<ProcessorState> processor(StreamWindow window, long at, int expected) {
    long data = at + 6 + PROCESSOR.length() + 8;
    boolean known =
        window.u32(data - 8) == expected
            && window.u32(data - 4) == PROCESSOR_VERSION
            && window.has(data, CR4 + Long.BYTES);
    if (!known) {
      return Optional.empty();
    }
    long cr0 = window.i64(data + CR0);
    long cr3 = window.i64(data + CR3);
    long cr4 = window.i64(data + CR4);
    // Otherwise another architecture, or qemu-system-i386, whose registers have 32 bits.
    boolean plausible = cr0 >>> 32 == 0 && cr4 >>> 32 == 0 && cr3 >>> 52 == 0;
    return plausible ? Optional.of(new ProcessorState(expected, cr0, cr3, cr4)) : Optional.empty();
  }

  private static Optional<byte[]> cmos(StreamWindow window, long at) {
    if (!window.has(at, CMOS_BYTES)) {
      return Optional.empty();
    }
    byte[] cmos = new byte[CMOS_BYTES];
    for (int i = 0; i < CMOS_BYTES; i++) {
      cmos[i] = (byte) window.u8(at + i);
    }
    return Optional.of(cmos);
  }
}
