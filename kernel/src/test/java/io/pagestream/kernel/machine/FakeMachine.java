package io.pagestream.kernel.machine;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A small machine: physical memory from 0, and 4-level page tables that map the kernel's image, in
 * 2 MiB leaves, from {@link #KERNEL} on to the physical address {@link #LOADED}.
 */
public final class FakeMachine implements MemoryImage {
  /** First mapped virtual address. */
  public static final long KERNEL = 0xffff_ffff_8100_0000L;

  /** Physical address of {@link #KERNEL}. */
  public static final int LOADED = 2 << 20;

  /** Physical address of the top-level table, which is within the kernel's image. */
  public static final int ROOT = LOADED;

  /** Bytes of physical memory. */
  public static final int SIZE = 8 << 20;

  private static final int POINTERS = LOADED + 0x1000;
  private static final int DIRECTORY = LOADED + 0x2000;

  private final byte[] memory;
  private final ByteBuffer buffer;
  private final ImageFacts facts = ImageFacts.of("raw");

  /** A machine with page tables and otherwise empty memory. */
  public FakeMachine() {
    this.memory = new byte[SIZE];
    this.buffer = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(ROOT + 511 * 8, POINTERS | 0x63);
    buffer.putLong(POINTERS + 510 * 8, DIRECTORY | 0x63);
    int first = (int) (KERNEL >>> 21) & 511;
    for (int i = 0; i < (SIZE - LOADED) >> 21; i++) {
      buffer.putLong(DIRECTORY + (first + i) * 8, (LOADED + ((long) i << 21)) | 0xe3);
    }
  }

  private FakeMachine(byte[] memory) {
    this.memory = memory;
    this.buffer = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The same machine with its own copy of the memory. */
  public FakeMachine copy() {
    return new FakeMachine(memory.clone());
  }

  /** Physical address of a virtual one. */
  public static int physical(long virtualAddress) {
    return (int) (virtualAddress - KERNEL) + LOADED;
  }

  /** The memory, to be changed. */
  public byte[] memory() {
    return memory;
  }

  /** Writes a 64-bit integer. */
  public void u64(long virtualAddress, long value) {
    buffer.putLong(physical(virtualAddress), value);
  }

  /** Writes a 32-bit integer. */
  public void u32(long virtualAddress, long value) {
    buffer.putInt(physical(virtualAddress), (int) value);
  }

  /** Writes bytes. */
  public void bytes(long virtualAddress, byte[] bytes) {
    System.arraycopy(bytes, 0, memory, physical(virtualAddress), bytes.length);
  }

  /** Writes text and a NUL. */
  public void text(long virtualAddress, String text) {
    bytes(virtualAddress, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public ImageFacts facts() {
    return facts;
  }

  @Override
  public List<PhysicalExtent> extents() {
    return List.of(
        new PhysicalExtent(0, SIZE / Pages.SIZE, RangeKind.UNKNOWN, RangeProvenance.DEFAULT, ""));
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    MemorySegment.copy(
        memory,
        (int) physicalAddress,
        destination,
        ValueLayout.JAVA_BYTE,
        0,
        pageCount * Pages.SIZE);
    Arrays.fill(states, 0, pageCount, PageState.PRESENT);
  }

  @Override
  public void close() {}
}
