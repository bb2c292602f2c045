package io.pagestream.images.format.crashdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The header of a crash dump, {@code DUMP_HEADER32} or {@code DUMP_HEADER64}. Little endian. The
 * offsets are those of Volatility 3's {@code crash.json} and {@code crash64.json} and of
 * kdmp-parser's {@code kdmp-parser-structs.h}. Bytes that are not used contain the text {@code
 * PAGE}.
 *
 * @param wide whether it is that of a 64-bit system
 * @param dumpType the value of DumpType
 * @param directoryTableBase CR3 of the processor that wrote the dump
 * @param machineType the value of MachineImageType, a machine of a PE file
 * @param pae whether a 32-bit system uses PAE
 * @param memoryRuns the physical memory of the machine; empty if the header does not contain it
 * @param facts further facts, for display
 */
record CrashDumpHeader(
    boolean wide,
    int dumpType,
    long directoryTableBase,
    int machineType,
    boolean pae,
    List<FrameRun> memoryRuns,
    Map<String, String> facts) {
  /** {@code PAGE} in bytes that are not used. */
  static final int UNUSED = 0x45474150;

  private static final int BYTES_64 = 0x2000;
  private static final int BYTES_32 = 0x1000;

  /** The descriptor has 700 bytes: its head, and runs of 16 or 8 bytes. */
  private static final int MOST_RUNS_64 = (700 - 16) / 16;

  private static final int MOST_RUNS_32 = (700 - 8) / 8;

  /** Seconds and 100-nanosecond units from 1601 to 1970. */
  private static final long EPOCH_SECONDS = 11_644_473_600L;

  private static final long UNITS_PER_SECOND = 10_000_000L;

  /** Architectures by the machine numbers of PE files, as {@code uname -m} prints them. */
  private static final Map<Integer, String> MACHINES =
      Map.of(0x14c, "i386", 0x8664, "x86_64", 0xaa64, "aarch64", 0x200, "ia64", 0x1c4, "arm");

  /** Length of the header: the pages, or the tables of the type, begin there. */
  int bytes() {
    return wide ? BYTES_64 : BYTES_32;
  }

  /** The architecture; empty for an unknown machine. */
  String architecture() {
    return MACHINES.getOrDefault(machineType, "");
  }

  /** Whether CR3 is that of an x86 processor. */
  boolean isX86() {
    return machineType == 0x14c || machineType == 0x8664;
  }

  /**
   * Reads the header at the start of a file that begins with {@code PAGEDU64} or {@code PAGEDUMP}.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it is not complete
   */
  static CrashDumpHeader read(ImageBytes bytes) {
    boolean wide =
        LittleEndian.i32(bytes.require(0, 8, "the crash dump's header"), 4) == 0x34365544;
    MemorySegment header = bytes.require(0, wide ? BYTES_64 : BYTES_32, "the crash dump's header");
    return wide ? read64(bytes, header) : read32(bytes, header);
  }

  private static CrashDumpHeader read64(ImageBytes bytes, MemorySegment header) {
    Facts facts = new Facts(header);
    facts.number("windows.build", 0x0c);
    facts.address("pfn-database", 0x18, true);
    facts.address("ps-loaded-module-list", 0x20, true);
    facts.address("ps-active-process-head", 0x28, true);
    facts.number("processors", 0x34);
    facts.address("bug-check", 0x38, false);
    for (int i = 0; i < 4; i++) {
      facts.address("bug-check.parameter." + (i + 1), 0x40 + 8 * i, true);
    }
    facts.address("kd-debugger-data-block", 0x80, true);
    facts.time("time", 0xfa8);
    facts.duration("uptime.seconds", 0x1030);
    return new CrashDumpHeader(
        true,
        LittleEndian.i32(header, 0xf98),
        LittleEndian.i64(header, 0x10),
        LittleEndian.i32(header, 0x30),
        true,
        runs(bytes, header, 0x88, 16, MOST_RUNS_64, true),
        facts.all);
  }

  private static CrashDumpHeader read32(ImageBytes bytes, MemorySegment header) {
    Facts facts = new Facts(header);
    facts.number("windows.build", 0x0c);
    facts.address("pfn-database", 0x14, false);
    facts.address("ps-loaded-module-list", 0x18, false);
    facts.address("ps-active-process-head", 0x1c, false);
    facts.number("processors", 0x24);
    facts.address("bug-check", 0x28, false);
    for (int i = 0; i < 4; i++) {
      facts.address("bug-check.parameter." + (i + 1), 0x2c + 4 * i, false);
    }
    facts.address("kd-debugger-data-block", 0x60, false);
    facts.time("time", 0xfc0);
    facts.duration("uptime.seconds", 0xfb8);
    return new CrashDumpHeader(
        false,
        LittleEndian.i32(header, 0xf88),
        LittleEndian.u32(header, 0x10),
        LittleEndian.i32(header, 0x20),
        (LittleEndian.i32(header, 0x5c) & 0xff) == 1,
        runs(bytes, header, 0x64, 8, MOST_RUNS_32, false),
        facts.all);
  }

  /** The descriptor: u32 number of runs, number of pages, then first page and pages of each run. */
  private static List<FrameRun> runs(
      ImageBytes bytes, MemorySegment header, int at, int first, int most, boolean wide) {
    long count = LittleEndian.u32(header, at);
    if (count == UNUSED || count == 0) {
      return List.of();
    }
    if (count > most) {
      throw bytes.corrupt(
          at, "the header claims %,d runs of memory, but has space for %d".formatted(count, most));
    }
    List<FrameRun> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = at + first + i * (wide ? 16 : 8);
      long frame = wide ? LittleEndian.i64(header, entry) : LittleEndian.u32(header, entry);
      long frames =
          wide ? LittleEndian.i64(header, entry + 8) : LittleEndian.u32(header, entry + 4);
      if (!FrameRun.isPossible(frame, frames)) {
        throw bytes.corrupt(
            entry, "run %d of the header has page 0x%x and 0x%x pages".formatted(i, frame, frames));
      }
      runs.add(new FrameRun(frame, frames));
    }
    return runs;
  }

  /** Collects facts; fields that are not used are omitted. */
  private static final class Facts {
    private final MemorySegment header;
    private final Map<String, String> all = new TreeMap<>();

    Facts(MemorySegment header) {
      this.header = header;
    }

    void number(String name, int at) {
      if (LittleEndian.i32(header, at) != UNUSED) {
        all.put(name, Long.toString(LittleEndian.u32(header, at)));
      }
    }

    void address(String name, int at, boolean eightBytes) {
      long value = eightBytes ? LittleEndian.i64(header, at) : LittleEndian.u32(header, at);
      if (value != 0 && LittleEndian.i32(header, at) != UNUSED) {
        all.put(name, "0x%x".formatted(value));
      }
    }

    /** A FILETIME. */
    void time(String name, int at) {
      long units = LittleEndian.i64(header, at);
      time(units).ifPresent(instant -> all.put(name, instant.toString()));
    }

    private Optional<Instant> time(long units) {
      boolean used = units > EPOCH_SECONDS * UNITS_PER_SECOND && (int) units != UNUSED;
      return used
          ? Optional.of(
              Instant.ofEpochSecond(
                  units / UNITS_PER_SECOND - EPOCH_SECONDS, units % UNITS_PER_SECOND * 100))
          : Optional.empty();
    }

    void duration(String name, int at) {
      long units = LittleEndian.i64(header, at);
      if (units > 0 && (int) units != UNUSED) {
        all.put(name, Long.toString(units / UNITS_PER_SECOND));
      }
    }
  }
}
