package io.pagestream.mapper.call;

import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Optional;

/**
 * A call that would map or copy memory.
 *
 * @param routine the routine
 * @param type its type argument
 * @param address first address, an unsigned number; not necessarily page-aligned
 * @param length length in bytes, an unsigned number
 * @param addressBits physical-address bits of the processor (MAXPHYADDR)
 * @param virtual whether {@code address} is a virtual address
 * @param pages the pages of the call, in order; empty if {@link #problem} is present
 */
public record MappingCall(
    Routine routine,
    CallType type,
    long address,
    long length,
    int addressBits,
    boolean virtual,
    List<PagesOfCall> pages) {
  /** The largest number of physical-address bits of x86 (Intel SDM vol. 3A, 4.1.4). */
  public static final int MOST_ADDRESS_BITS = 52;

  /**
   * Consecutive physical pages of a call.
   *
   * @param start physical address of the first page; the virtual address if not mapped
   * @param end address after the last page
   * @param mapped false if virtual addresses have no physical pages
   */
  public record PagesOfCall(long start, long end, boolean mapped) {}

  /** Copies its list. */
  public MappingCall {
    pages = List.copyOf(pages);
  }

  /** A call for physical addresses. */
  public static MappingCall physical(
      Routine routine, CallType type, long address, long length, int addressBits) {
    boolean sound = problem(address, length, addressBits, false).isEmpty();
    List<PagesOfCall> pages =
        sound
            ? List.of(new PagesOfCall(Pages.floor(address), Pages.ceil(address + length), true))
            : List.of();
    return new MappingCall(routine, type, address, length, addressBits, false, pages);
  }

  /** Why no routine accepts the addresses; empty if they are possible. */
  public Optional<String> problem() {
    return problem(address, length, addressBits, virtual);
  }

  /** Why no routine accepts a range of addresses; empty if they are possible. */
  public static Optional<String> problem(
      long address, long length, int addressBits, boolean virtual) {
    if (length == 0) {
      return Optional.of("the length is 0");
    }
    long last = address + length - 1;
    if (Long.compareUnsigned(last, address) < 0) {
      return Optional.of("the range wraps: 0x%x + 0x%x exceeds 2^64".formatted(address, length));
    }
    if (!virtual && last >>> addressBits != 0) {
      return Optional.of(
          "the range ends at 0x%x, beyond the %d bits of physical addresses (MAXPHYADDR)"
              .formatted(last, addressBits));
    }
    return Optional.empty();
  }

  /** Byte offset into the first page, which a returned address keeps. */
  public int offset() {
    return (int) (address & Pages.SIZE - 1);
  }

  /** Number of pages that the call touches. */
  public long pageCount() {
    return pages.stream().mapToLong(each -> Pages.frameNumber(each.end() - each.start())).sum();
  }

  /** The same call with another type. */
  MappingCall with(Routine other, CallType otherType) {
    return new MappingCall(other, otherType, address, length, addressBits, virtual, pages);
  }
}
