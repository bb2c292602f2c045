package io.pagestream.analyzers.api;

import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;

/**
 * The bytes that an analyzer processes, in native memory: {@code [ownStart, ownEnd)} is the
 * window's own part, and the rest are neighboring bytes. Offsets count from the segment's first
 * byte. The bytes are memory, or were decoded from bytes of memory. The window ends where memory is
 * not available (left out, unreadable, withheld). Pages that the mapper refused are shown like
 * others, unless it skips them ({@code --skip-refused}).
 *
 * @param bytes native memory; read only during the call
 * @param start location of the segment's first byte
 * @param ownStart offset of the first byte at which an artifact of this window may start
 * @param ownEnd offset after the last such byte; {@code 0 <= ownStart < ownEnd <= bytes.byteSize()}
 */
public record Window(MemorySegment bytes, Location start, int ownStart, int ownEnd)
    implements View {
  /** Checks the offsets. */
  public Window {
    if (ownStart < 0 || ownStart >= ownEnd || ownEnd > bytes.byteSize()) {
      throw new IllegalArgumentException(
          "own part [%d, %d) of %d bytes".formatted(ownStart, ownEnd, bytes.byteSize()));
    }
  }

  /** Offset after the last visible byte. */
  public int limit() {
    return (int) bytes.byteSize();
  }

  @Override
  public Location locationOf(int offset) {
    return start.plus(offset);
  }

  @Override
  public boolean owns(int offset) {
    return offset >= ownStart && offset < ownEnd;
  }

  @Override
  public boolean mayHold(int offset, int length) {
    return owns(offset) && length > 0 && length <= limit() - offset;
  }

  /**
   * The number that determines the alignment of a byte: its address, or its offset in decoded data.
   */
  public long alignmentOf(int offset) {
    return (start.isMemory() ? start.address() : start.decodedOffset()) + offset;
  }

  /** Offset after the last byte of a byte's page; decoded bytes are all in one. */
  public int pageEnd(int offset) {
    if (!start.isMemory()) {
      return limit();
    }
    return offset + Pages.SIZE - (int) (alignmentOf(offset) & (Pages.SIZE - 1));
  }
}
