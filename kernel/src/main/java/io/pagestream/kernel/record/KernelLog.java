package io.pagestream.kernel.record;

import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the kernel's log from its ring buffer, which exists since Linux 5.10
 * (kernel/printk/printk_ringbuffer.h): a ring of descriptors, one of their information, and one of
 * texts. VMCOREINFO contains the layout, so neither symbols nor types are needed.
 */
public final class KernelLog {
  private static final int MOST_BITS = 22;
  private static final int LONGEST_TEXT = 4096;
  private static final long ID_MASK = ~(3L << 62);

  /** States of a descriptor, its two highest bits: 1 committed, 2 finalized. */
  private static final int COMMITTED = 1;

  private static final int FINALIZED = 2;
  private static final String RING = "printk_ringbuffer";
  private static final String DESCRIPTORS = "prb_desc_ring";
  private static final String INFO = "printk_info";
  private static final String DATA = "prb_data_ring";

  private final VirtualMemory memory;
  private final VmcoreInfo info;

  private KernelLog(LinuxKernel kernel) {
    this.memory = kernel.memory();
    this.info = kernel.info();
  }

  /** The records of the log, oldest first. */
  public static Recorded<LogRecord> read(LinuxKernel kernel) {
    List<LogRecord> records = new ArrayList<>();
    try {
      OptionalLong pointer = kernel.info().symbol("prb");
      if (pointer.isEmpty()) {
        return Recorded.none("VMCOREINFO does not contain the log (Linux before 5.10)");
      }
      int damaged = new KernelLog(kernel).read(pointer.getAsLong(), records);
      return new Recorded<>(
          records,
          damaged == 0
              ? Optional.empty()
              : Optional.of("%d of its records cannot be read".formatted(damaged)));
    } catch (DamagedRecordException e) {
      return new Recorded<>(records, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private int read(long pointer, List<LogRecord> records) {
    long ring = memory.u64(pointer);
    long descriptors = ring + offset(RING, "desc_ring");
    long texts = ring + offset(RING, "text_data_ring");
    int bits = memory.i32(descriptors + offset(DESCRIPTORS, "count_bits"));
    int textBits = memory.i32(texts + offset(DATA, "size_bits"));
    if (bits < 1 || bits > MOST_BITS || textBits < 8 || textBits > 30) {
      throw new DamagedRecordException("the size of the log is damaged");
    }
    long first = memory.u64(descriptors + offset(DESCRIPTORS, "tail_id")) & ID_MASK;
    long last = memory.u64(descriptors + offset(DESCRIPTORS, "head_id")) & ID_MASK;
    long count = (last - first + 1) & ID_MASK;
    if (count > 1L << bits) {
      throw new DamagedRecordException("the log has more records than room");
    }
    int damaged = 0;
    for (long i = 0; i < count; i++) {
      try {
        add(descriptors, texts, (first + i) & ID_MASK, bits, textBits, records);
      } catch (DamagedRecordException e) {
        damaged++;
        if (memory.pages().budget().isSpent()) {
          throw e;
        }
      }
    }
    return damaged;
  }

  private void add(
      long descriptors, long texts, long id, int bits, int textBits, List<LogRecord> records) {
    long index = id & ((1L << bits) - 1);
    long descriptor =
        memory.u64(descriptors + offset(DESCRIPTORS, "descs")) + index * size("prb_desc");
    long state = memory.u64(descriptor + offset("prb_desc", "state_var"));
    int phase = (int) (state >>> 62);
    if ((state & ID_MASK) != id || (phase != COMMITTED && phase != FINALIZED)) {
      return; // being written, or reused
    }
    long block = descriptor + offset("prb_desc", "text_blk_lpos");
    long begin = memory.u64(block + offset("prb_data_blk_lpos", "begin"));
    long next = memory.u64(block + offset("prb_data_blk_lpos", "next"));
    if ((begin & 1) != 0) {
      return; // without text
    }
    long mask = (1L << textBits) - 1;
    boolean wraps = begin >>> textBits != next >>> textBits && (next & mask) != 0;
    long start = wraps ? 0 : begin & mask;
    long record = memory.u64(descriptors + offset(DESCRIPTORS, "infos")) + index * size(INFO);
    long lengthAt = offset(INFO, "text_len");
    int length = Math.min(memory.u16(record + lengthAt), LONGEST_TEXT);
    // A text follows the id of its descriptor.
    long text = memory.u64(texts + offset(DATA, "data")) + start + Long.BYTES;
    // Linux packs facility, flags and level behind the length: one byte, then 5 and 3 bits.
    int level = memory.u8(record + lengthAt + 3) >>> 5;
    records.add(
        new LogRecord(
            memory.u64(record + offset(INFO, "seq")),
            memory.u64(record + offset(INFO, "ts_nsec")),
            level,
            new String(memory.bytes(text, length), StandardCharsets.UTF_8),
            text));
  }

  private long offset(String structure, String member) {
    return number("OFFSET(%s.%s)".formatted(structure, member));
  }

  private long size(String structure) {
    return number("SIZE(%s)".formatted(structure));
  }

  private long number(String key) {
    long value =
        info.layout(key)
            .orElseThrow(() -> new DamagedRecordException("VMCOREINFO does not contain " + key));
    if (value < 0 || value > (1 << 16)) {
      throw new DamagedRecordException("VMCOREINFO has an impossible " + key);
    }
    return value;
  }

  /** The lines of all records. */
  public static List<String> lines(List<LogRecord> records) {
    return records.stream().flatMap(record -> record.text().lines()).toList();
  }
}
