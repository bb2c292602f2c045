package io.pagestream.images.format;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An image whose file contains physical memory uncompressed, in segments. A run in one segment is
 * one read of the file, directly into the destination.
 *
 * <p>If segments cover a page only in part, the rest is zero. A page is unreadable if any byte that
 * the file should contain is missing, because the remaining bytes could be mistaken for the whole
 * page.
 */
public final class SegmentedImage implements MemoryImage {
  private final ImageBytes bytes;
  private final ImageFacts facts;
  private final List<PhysicalExtent> extents;
  private final DoubtfulPages doubtful;
  private final Intervals ranges;
  private final long[] offsets;

  /**
   * Takes over the input's only file.
   *
   * @param format the format's name
   * @param machine facts about the machine from the container
   * @param container facts about the container, for display
   * @param warnings warnings of the format; partial pages are added here
   * @param doubts doubts of the format; truncated or doubtful data is added here
   * @param segments sorted by address, disjoint, at least one
   * @param label the format's term for a segment
   * @param provenance source of the segments' kinds
   */
  public SegmentedImage(
      ImageInput input,
      String format,
      MachineFacts machine,
      Map<String, String> container,
      List<String> warnings,
      List<Doubt> doubts,
      List<Segment> segments,
      String label,
      RangeProvenance provenance) {
    this.bytes = input.bytes();
    this.extents = SegmentExtents.of(segments, label, provenance);
    this.ranges = Intervals.of(segments, Segment::start, Segment::end);
    this.offsets = segments.stream().mapToLong(Segment::fileOffset).toArray();
    requirePlausible(input.limits());
    List<String> all = new ArrayList<>(warnings);
    all.addAll(SegmentWarnings.of(segments));
    List<Doubt> allDoubts = new ArrayList<>(doubts);
    allDoubts.addAll(SegmentDoubts.of(segments, bytes));
    allDoubts.addAll(SegmentDoubts.doubtful(segments, bytes));
    this.doubtful =
        new DoubtfulPages(
            allDoubts.stream()
                // The remaining bytes of a truncated page are reliable.
                .filter(doubt -> !doubt.getReason().equals(DoubtReason.TRUNCATED.word()))
                .toList());
    this.facts = input.facts(format, machine, container, all, allDoubts);
  }

  /**
   * One wrong bit in a header can claim petabytes, which would be streamed as excluded or
   * unreadable pages for days. The missing part may be large, but not out of proportion to the
   * file.
   */
  private void requirePlausible(ReadLimits limits) {
    long lacking = 0;
    for (int i = 0; i < ranges.size(); i++) {
      long length = ranges.end(i) - ranges.start(i);
      long there = offsets[i] < 0 ? 0 : bytes.length() - offsets[i];
      lacking += length - Math.clamp(there, 0, length);
    }
    limits.check(bytes.name(), 0, bytes.storedLength(), lacking, "the table of ranges");
  }

  @Override
  public ImageFacts facts() {
    return facts;
  }

  @Override
  public List<PhysicalExtent> extents() {
    return extents;
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    long size = Pages.address(pageCount);
    long end = physicalAddress + size;
    int segment = ranges.firstAfter(physicalAddress);
    boolean whole =
        segment < ranges.size()
            && ranges.start(segment) <= physicalAddress
            && ranges.end(segment) >= end
            && offsets[segment] >= 0;
    if (whole) {
      long offset = offsets[segment] + (physicalAddress - ranges.start(segment));
      if (bytes.read(offset, destination.asSlice(0, size)) == size) {
        Arrays.fill(states, 0, pageCount, PageState.PRESENT);
        doubtful.mark(physicalAddress, pageCount, states);
        return;
      }
    }
    readInPieces(segment, physicalAddress, pageCount, destination, states);
    doubtful.mark(physicalAddress, pageCount, states);
  }

  @Override
  public long zeroPagesFrom(long physicalAddress) {
    int segment = ranges.firstAfter(physicalAddress);
    if (segment == ranges.size()
        || ranges.start(segment) > physicalAddress
        || offsets[segment] < 0) {
      return 0;
    }
    long zeros = bytes.zerosFrom(offsets[segment] + (physicalAddress - ranges.start(segment)));
    if (zeros < Pages.SIZE) {
      return 0;
    }
    long end = Math.min(ranges.end(segment), doubtful.firstFrom(physicalAddress));
    return Pages.frameNumber(Math.min(zeros, end - physicalAddress));
  }

  @Override
  public long fileOffsetOf(long physicalAddress) {
    int segment = ranges.firstAfter(physicalAddress);
    boolean whole =
        bytes.isFile()
            && segment < ranges.size()
            && ranges.start(segment) <= physicalAddress
            && ranges.end(segment) >= physicalAddress + Pages.SIZE
            && offsets[segment] >= 0;
    return whole ? offsets[segment] + (physicalAddress - ranges.start(segment)) : -1;
  }

  private void readInPieces(
      int segment, long address, int pageCount, MemorySegment destination, PageState[] states) {
    long end = address + Pages.address(pageCount);
    destination.asSlice(0, end - address).fill((byte) 0);
    Arrays.fill(states, 0, pageCount, PageState.EXCLUDED);
    for (int i = segment; i < ranges.size() && ranges.start(i) < end; i++) {
      if (offsets[i] != Segment.NOT_STORED) {
        long from = Math.max(ranges.start(i), address);
        long to = Math.min(ranges.end(i), end);
        if (offsets[i] == Segment.LOST) {
          int last = (int) Pages.frameNumber(Pages.ceil(to) - address);
          Arrays.fill(states, (int) Pages.frameNumber(from - address), last, PageState.UNREADABLE);
          continue;
        }
        readPiece(address, from, to, offsets[i] + (from - ranges.start(i)), destination, states);
      }
    }
    for (int page = 0; page < pageCount; page++) {
      if (states[page] == PageState.UNREADABLE) {
        destination.asSlice(Pages.address(page), Pages.SIZE).fill((byte) 0);
      }
    }
  }

  /**
   * Reads {@code [from, to)}; if less is read, continues page by page, because one sector may be
   * bad.
   */
  private void readPiece(
      long address,
      long from,
      long to,
      long offset,
      MemorySegment destination,
      PageState[] states) {
    long done = from + bytes.read(offset, destination.asSlice(from - address, to - from));
    for (long at = from; at < to; ) {
      long next = Math.min(Pages.floor(at) + Pages.SIZE, to);
      boolean read =
          next <= done
              || bytes.read(offset + (at - from), destination.asSlice(at - address, next - at))
                  == next - at;
      int page = (int) Pages.frameNumber(at - address);
      if (!read) {
        states[page] = PageState.UNREADABLE;
      } else if (states[page] == PageState.EXCLUDED) {
        states[page] = PageState.PRESENT;
      }
      at = next;
    }
  }

  @Override
  public void close() {
    bytes.close();
  }
}
