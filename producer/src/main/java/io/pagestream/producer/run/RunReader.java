package io.pagestream.producer.run;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memory.ZeroPages;
import io.pagestream.producer.run.RunPlan.PlannedRun;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the runs of an image in order, each page once: the pages after a run are read with it as
 * its look-ahead, and then become the first pages of the next run. Finds zero pages. Neighboring
 * bytes are included only if the run uses them: before a page with bytes, within reach of a page
 * with bytes, and after a zero page in whose last bytes an artifact may begin.
 */
public final class RunReader implements AutoCloseable {
  private final MemoryImage image;
  private final List<PhysicalExtent> extents;
  private final RunPlan plan;
  private final int lookBehindBytes;
  private final int lookAheadBytes;
  private final int lookAheadPages;
  private final MappingSource mappings;
  private final PayloadMode mode;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final MemorySegment behind;
  private final PageState[] states;
  private final boolean[] zero;
  private final ReadFailures failures = new ReadFailures();

  /** Whether {@link #memory} contains only zeros, so that holes need not be written into it. */
  private boolean memoryIsZero = true;

  private long nextIndex;
  private int pagesHere;
  private int behindLength;
  private int aheadBytes;
  private int extentIndex;

  /**
   * A reader for all runs of a plan.
   *
   * @param lookBehindBytes at most a page
   * @param lookAheadBytes maximum length of a run's look-ahead
   * @param mappings the information in page tables about the runs' pages
   * @param mode the transport of page bytes to the analyzers
   */
  public RunReader(
      MemoryImage image,
      RunPlan plan,
      int lookBehindBytes,
      int lookAheadBytes,
      MappingSource mappings,
      PayloadMode mode) {
    this.image = image;
    this.extents = image.extents();
    this.plan = plan;
    this.lookBehindBytes = lookBehindBytes;
    this.lookAheadBytes = lookAheadBytes;
    this.mappings = mappings;
    this.mode = mode;
    this.lookAheadPages = (lookAheadBytes + Pages.SIZE - 1) / Pages.SIZE;
    int pages = plan.runPages() + lookAheadPages;
    this.memory = arena.allocate((long) pages * Pages.SIZE, 64);
    this.behind = arena.allocate(Math.max(1, lookBehindBytes));
    this.states = new PageState[pages];
    this.zero = new boolean[pages];
  }

  /** Whether another run follows. */
  public boolean hasNext() {
    return nextIndex < plan.runCount();
  }

  /**
   * Reads the next run.
   *
   * @param counts receives the run's pages: zero, excluded, unreadable, and those carried as mapped
   */
  public PageRun next(String imageId, PageCounts counts) {
    PlannedRun run = plan.run(nextIndex++);
    int pages = run.pageCount();
    int after = (int) Math.min(lookAheadPages, run.pagesAfter());
    read(run.physicalAddress(), pagesHere, pages + after);
    PageRun record = assemble(imageId, run, after, counts);
    setMappings(record, pagesHere > 0);
    keepForNext(pages, after);
    return record;
  }

  /**
   * Reads one run, which is the next run or a later one; the runs in between are skipped.
   *
   * @param index index of the run
   * @param counts receives the run's pages, as {@link #next}
   */
  public PageRun at(long index, String imageId, PageCounts counts) {
    if (index < nextIndex) {
      throw new IllegalArgumentException("run " + index + " is before run " + nextIndex);
    }
    if (index > nextIndex) {
      // The previous run is read too: its last bytes are the look-behind.
      nextIndex = index - 1;
      pagesHere = 0;
      extentIndex = 0;
      behindLength = 0;
      var unusedRun = next(imageId, new PageCounts());
    }
    return next(imageId, counts);
  }

  /** Reasons of failed reads, in sentences; empty if no read failed. */
  public List<String> warnings() {
    return failures.sentences();
  }

  /**
   * One doubt per range of pages that could not be read so far.
   *
   * @param known doubts that already cover some of these pages
   */
  public List<Doubt> doubts(List<Doubt> known) {
    return failures.doubts(known);
  }

  private void read(long physicalAddress, int from, int to) {
    for (int page = from; page < to; ) {
      long address = physicalAddress + Pages.address(page);
      PhysicalExtent extent = extentAt(address);
      int count = (int) Math.min(to - page, Pages.frameNumber(extent.endAddress() - address));
      int hole = (int) Math.min(count, image.zeroPagesFrom(address));
      if (hole > 0) {
        fillWithZeros(page, hole);
        Arrays.fill(states, page, page + hole, PageState.PRESENT);
        Arrays.fill(zero, page, page + hole, true);
        count = hole;
      } else {
        readWithin(address, page, count);
      }
      page += count;
    }
  }

  /** Zeros for pages in a hole; in long holes, the memory is filled once. */
  private void fillWithZeros(int page, int count) {
    if (memoryIsZero) {
      return;
    }
    boolean zeroBefore = true;
    for (int i = 0; i < page; i++) {
      zeroBefore &= zero[i];
    }
    if (zeroBefore) {
      memory.asSlice(Pages.address(page)).fill((byte) 0);
      memoryIsZero = true;
    } else {
      memory.asSlice(Pages.address(page), Pages.address(count)).fill((byte) 0);
    }
  }

  private void readWithin(long address, int page, int count) {
    PageState[] part = page == 0 ? states : new PageState[count];
    memoryIsZero = false;
    try {
      image.read(address, count, memory.asSlice(Pages.address(page)), part);
    } catch (PagestreamException e) {
      failures.add(address, count, e);
      memory.asSlice(Pages.address(page), Pages.address(count)).fill((byte) 0);
      Arrays.fill(part, 0, count, PageState.UNREADABLE);
    }
    if (page > 0) {
      System.arraycopy(part, 0, states, page, count);
    }
    for (int i = page; i < page + count; i++) {
      zero[i] = states[i].hasBytes() && ZeroPages.isZero(memory, Pages.address(i));
    }
  }

  private PhysicalExtent extentAt(long address) {
    while (extents.get(extentIndex).endAddress() <= address) {
      extentIndex++;
    }
    return extents.get(extentIndex);
  }

  private PageRun assemble(String imageId, PlannedRun run, int after, PageCounts counts) {
    int pages = run.pageCount();
    @Nullable ByteBuffer zeroPages = null;
    @Nullable ByteBuffer excluded = null;
    @Nullable ByteBuffer unreadable = null;
    @Nullable ByteBuffer doubtful = null;
    int carried = 0;
    for (int page = 0; page < pages; page++) {
      switch (states[page]) {
        case PRESENT -> {
          if (zero[page]) {
            zeroPages = mark(zeroPages, page, pages);
          } else {
            carried++;
          }
        }
        case DOUBTFUL -> {
          doubtful = mark(doubtful, page, pages);
          if (zero[page]) {
            zeroPages = mark(zeroPages, page, pages);
          } else {
            carried++;
          }
        }
        case EXCLUDED -> excluded = mark(excluded, page, pages);
        case UNREADABLE -> {
          unreadable = mark(unreadable, page, pages);
          failures.unreadable(run.physicalAddress() + Pages.address(page));
        }
      }
    }
    PageRun record = new PageRun();
    record.setImageId(imageId);
    record.setRunIndex(run.index());
    record.setPhysicalAddress(run.physicalAddress());
    record.setPageCount(pages);
    record.setZeroPages(orEmpty(zeroPages));
    record.setExcludedPages(orEmpty(excluded));
    record.setUnreadablePages(orEmpty(unreadable));
    record.setDoubtfulPages(orEmpty(doubtful));
    record.setWithheldPages(PageBitmap.empty());
    List<PageReference> references =
        mode == PayloadMode.REFERENCE
            ? PageReferences.of(image, run.physicalAddress(), 0, pages, this::isCarried)
            : List.of();
    record.setReferences(references);
    record.setPages(payload(carried, references));
    record.setLookBehind(lookBehind());
    setLookAhead(record, after);
    record.setVerdicts(List.of());
    record.setMappings(List.of());
    count(record, carried, counts);
    return record;
  }

  /**
   * Mappings of the run's pages, of the page before it, so that it can be determined from the run
   * alone whether a region began earlier, and of the pages of its look-ahead.
   */
  private void setMappings(PageRun record, boolean precededByPage) {
    long start = record.getPhysicalAddress();
    int pages = record.getPageCount();
    record.setMappings(mappings.spansOf(start, pages));
    List<MappingSpan> before = precededByPage ? spans(start - Pages.SIZE, -1, 1) : List.of();
    record.setMappingBefore(before.isEmpty() ? null : before.getFirst());
    int after = (aheadBytes + Pages.SIZE - 1) / Pages.SIZE;
    record.setMappingsAfter(
        after == 0 ? List.of() : spans(start + Pages.address(pages), pages, after));
  }

  /**
   * The information in page tables about pages next to the run, from an index relative to it. Their
   * anomalies are reported with the runs that contain them.
   */
  private List<MappingSpan> spans(long address, int firstPage, int count) {
    List<MappingSpan> spans = mappings.spansOf(address, count);
    for (MappingSpan span : spans) {
      span.setFirstPage(span.getFirstPage() + firstPage);
      span.setAnomalies(List.of());
    }
    return spans;
  }

  private static ByteBuffer mark(@Nullable ByteBuffer bitmap, int page, int pages) {
    ByteBuffer marked = bitmap == null ? PageBitmap.allocate(pages) : bitmap;
    PageBitmap.set(marked, page);
    return marked;
  }

  private static ByteBuffer orEmpty(@Nullable ByteBuffer bitmap) {
    return bitmap == null ? PageBitmap.empty() : bitmap;
  }

  private ByteBuffer payload(int carried, List<PageReference> references) {
    int inline = carried - references.stream().mapToInt(PageReference::getPageCount).sum();
    byte[] payload = new byte[inline * Pages.SIZE];
    int at = 0;
    for (int page = 0; at < payload.length; page++) {
      if (isCarried(page) && !PageReferences.contain(references, page)) {
        copy(memory, Pages.address(page), payload, at, Pages.SIZE);
        at += Pages.SIZE;
      }
    }
    return ByteBuffer.wrap(payload);
  }

  private boolean isCarried(int page) {
    return states[page].hasBytes() && !zero[page];
  }

  private ByteBuffer lookBehind() {
    if (behindLength == 0 || !isCarried(0)) {
      return PageBitmap.empty();
    }
    byte[] bytes = new byte[behindLength];
    copy(behind, 0, bytes, 0, behindLength);
    return ByteBuffer.wrap(bytes);
  }

  /** Adds the pages after the run up to the first page without bytes, if they can be useful. */
  private void setLookAhead(PageRun record, int after) {
    int pages = record.getPageCount();
    int shown = 0;
    while (shown < after && states[pages + shown].hasBytes()) {
      shown++;
    }
    aheadBytes = 0;
    record.setLookAhead(PageBitmap.empty());
    record.setLookAheadReferences(List.of());
    if (shown == 0 || !canReachBeyond(pages)) {
      return;
    }
    aheadBytes = Math.min(lookAheadBytes, shown * Pages.SIZE);
    if (mode == PayloadMode.REFERENCE && aheadBytes == shown * Pages.SIZE) {
      List<PageReference> references =
          PageReferences.of(image, record.getPhysicalAddress(), pages, pages + shown, page -> true);
      if (references.stream().mapToInt(PageReference::getPageCount).sum() == shown) {
        record.setLookAheadReferences(references);
        return;
      }
    }
    byte[] bytes = new byte[aheadBytes];
    copy(memory, Pages.address(pages), bytes, 0, aheadBytes);
    record.setLookAhead(ByteBuffer.wrap(bytes));
  }

  /** Whether an artifact may begin in the run and continue after it. */
  private boolean canReachBeyond(int pages) {
    for (int page = pages - 1; page >= 0 && pages - page <= lookAheadPages; page--) {
      if (!states[page].hasBytes()) {
        return false;
      }
      if (!zero[page]) {
        return true;
      }
      if (page == pages - 1 && !zero[pages]) {
        return true; // in the last bytes of a zero page
      }
    }
    return false;
  }

  private void keepForNext(int pages, int after) {
    behindLength = after > 0 && states[pages - 1].hasBytes() ? lookBehindBytes : 0;
    if (behindLength > 0) {
      long end = Pages.address(pages);
      MemorySegment.copy(memory, end - lookBehindBytes, behind, 0, lookBehindBytes);
    }
    pagesHere = after;
    if (!memoryIsZero) {
      MemorySegment.copy(memory, Pages.address(pages), memory, 0, Pages.address(after));
    }
    System.arraycopy(states, pages, states, 0, after);
    System.arraycopy(zero, pages, zero, 0, after);
  }

  private static void count(PageRun run, int carried, PageCounts counts) {
    counts.setMapped(counts.getMapped() + carried);
    counts.setZero(counts.getZero() + PageBitmap.count(run.getZeroPages()));
    counts.setExcluded(counts.getExcluded() + PageBitmap.count(run.getExcludedPages()));
    counts.setUnreadable(counts.getUnreadable() + PageBitmap.count(run.getUnreadablePages()));
  }

  private static void copy(MemorySegment from, long offset, byte[] to, int at, int length) {
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, to, at, length);
  }

  @Override
  public void close() {
    arena.close();
  }
}
