package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out a run in native memory and divides it into windows. Excluded, unreadable and withheld
 * pages divide the run into segments; within a segment, each stretch of pages with bytes is one
 * window's own part, and the zero pages and neighboring bytes around it are its margins. The
 * visible surroundings of an artifact do not depend on how memory was cut into runs.
 *
 * <p>Artifacts are not searched for inside zero pages, except in the last {@link #ZERO_TAIL_BYTES}
 * before a page with bytes: an AES key may begin with up to 32 zero bytes.
 *
 * <p>Layout of the buffer: {@link AnalyzerInfo#MAX_LOOK_BEHIND_BYTES} of look-behind that ends at
 * the start of page 0, the pages, {@link AnalyzerInfo#MAX_LOOK_AHEAD_BYTES} of look-ahead.
 */
final class RunWindows {
  /** Bytes of a zero page, before a page with bytes, in which an artifact may start. */
  static final int ZERO_TAIL_BYTES = 64;

  private static final int MAX_PAGES = 256;
  private static final int BEHIND = AnalyzerInfo.MAX_LOOK_BEHIND_BYTES;
  private static final int AHEAD = AnalyzerInfo.MAX_LOOK_AHEAD_BYTES;

  private enum Content {
    BYTES,
    ZERO,
    GAP
  }

  /** Freed with this object: an abandoned thread may use it to its end. */
  private final MemorySegment buffer =
      Arena.ofAuto().allocate(BEHIND + (long) MAX_PAGES * Pages.SIZE + AHEAD, 64);

  private final PayloadFiles files;
  private final Content[] content = new Content[MAX_PAGES];
  private final List<Window> windows = new ArrayList<>();
  private long bufferAddress;
  private int pageCount;
  private int behindLength;
  private int aheadLength;

  /** Windows of runs whose bytes are in them, or in files. */
  RunWindows(PayloadFiles files) {
    this.files = files;
  }

  /** Lays out a run that the mapper has judged; the windows are valid until the next call. */
  List<Window> of(ImageManifest manifest, PageRun run) {
    windows.clear();
    pageCount = run.getPageCount();
    bufferAddress = run.getPhysicalAddress() - BEHIND;
    classify(run);
    copyPages(manifest, run);
    behindLength = copyBehind(run.getLookBehind());
    aheadLength = copyAhead(manifest, run);
    for (int page = 0; page < pageCount; page++) {
      if (content[page] != Content.GAP) {
        page = segment(page);
      }
    }
    return windows;
  }

  private void classify(PageRun run) {
    Arrays.fill(content, 0, pageCount, Content.BYTES);
    mark(run.getZeroPages(), Content.ZERO);
    mark(run.getExcludedPages(), Content.GAP);
    mark(run.getUnreadablePages(), Content.GAP);
    mark(run.getWithheldPages(), Content.GAP);
  }

  private void mark(ByteBuffer bitmap, Content as) {
    if (bitmap.hasRemaining()) {
      for (int page = 0; page < pageCount; page++) {
        if (PageBitmap.isSet(bitmap, page)) {
          content[page] = as;
        }
      }
    }
  }

  private void copyPages(ImageManifest manifest, PageRun run) {
    MemorySegment bytes = MemorySegment.ofBuffer(run.getPages());
    long from = 0;
    int page = 0;
    for (PageReference reference : run.getReferences()) {
      int first = reference.getFirstPage();
      int end = first + reference.getPageCount();
      if (first < page || end > pageCount || end <= first) {
        throw new IllegalArgumentException("an invalid reference to pages: " + reference);
      }
      from = copyInline(bytes, from, page, first);
      files.read(
          manifest,
          reference.getFile(),
          reference.getFileOffset(),
          buffer.asSlice(offsetOf(first), Pages.address(end - first)));
      page = end;
    }
    from = copyInline(bytes, from, page, pageCount);
    if (from != bytes.byteSize()) {
      throw new IllegalArgumentException(
          "run carries %d bytes, its bitmaps say %d".formatted(bytes.byteSize(), from));
    }
  }

  /** Copies the pages with bytes in a stretch; returns the position in the payload after them. */
  private long copyInline(MemorySegment bytes, long from, int firstPage, int endPage) {
    long next = from;
    for (int page = firstPage; page < endPage; ) {
      int end = endOf(page, endPage, content[page]);
      if (content[page] == Content.BYTES) {
        long length = Pages.address(end - page);
        MemorySegment.copy(bytes, next, buffer, offsetOf(page), length);
        next += length;
      }
      page = end;
    }
    return next;
  }

  private int copyBehind(ByteBuffer behind) {
    int length = Math.min(BEHIND, behind.remaining());
    MemorySegment bytes = MemorySegment.ofBuffer(behind);
    MemorySegment.copy(bytes, bytes.byteSize() - length, buffer, BEHIND - length, length);
    return length;
  }

  private int copyAhead(ImageManifest manifest, PageRun run) {
    ByteBuffer ahead = run.getLookAhead();
    int length = Math.min(AHEAD, ahead.remaining());
    MemorySegment.copy(MemorySegment.ofBuffer(ahead), 0, buffer, offsetOf(pageCount), length);
    int at = offsetOf(pageCount) + length;
    for (PageReference reference : run.getLookAheadReferences()) {
      int left = offsetOf(pageCount) + AHEAD - at;
      int bytes = (int) Math.min(left, Pages.address(reference.getPageCount()));
      MemorySegment to = buffer.asSlice(at, bytes);
      files.read(manifest, reference.getFile(), reference.getFileOffset(), to);
      at += bytes;
    }
    return at - offsetOf(pageCount);
  }

  /** Creates the windows of the segment that begins with a page; returns its last page. */
  private int segment(int first) {
    int end = first;
    while (end < pageCount && content[end] != Content.GAP) {
      end++;
    }
    int shownFrom = offsetOf(first) - (first == 0 ? behindLength : 0);
    int shownTo = offsetOf(end) + (end == pageCount ? aheadLength : 0);
    for (int page = first; page < end; ) {
      int stretchEnd = endOf(page, end, content[page]);
      if (content[page] == Content.BYTES) {
        int tail = page > first ? ZERO_TAIL_BYTES : 0;
        add(offsetOf(page) - tail, offsetOf(stretchEnd), shownFrom, shownTo);
      } else {
        clearShown(page, stretchEnd, page > first);
      }
      page = stretchEnd;
    }
    if (end == pageCount && content[end - 1] == Content.ZERO && aheadBeginsWithBytes()) {
      add(offsetOf(end) - ZERO_TAIL_BYTES, offsetOf(end), shownFrom, shownTo);
    }
    return end - 1;
  }

  /** Clears the visible parts of a stretch of zero pages: its end, and its beginning. */
  private void clearShown(int page, int end, boolean followsBytes) {
    int shown = followsBytes ? Math.min(end, page + AHEAD / Pages.SIZE) : page;
    clear(page, shown);
    clear(Math.max(shown, end - 1), end);
  }

  private void clear(int page, int end) {
    buffer.asSlice(offsetOf(page), Pages.address(end - page)).fill((byte) 0);
  }

  private boolean aheadBeginsWithBytes() {
    for (int at = 0; at < Math.min(aheadLength, Pages.SIZE); at++) {
      if (buffer.get(ValueLayout.JAVA_BYTE, offsetOf(pageCount) + (long) at) != 0) {
        return true;
      }
    }
    return false;
  }

  private void add(int ownStart, int ownEnd, int shownFrom, int shownTo) {
    int from = Math.max(shownFrom, ownStart - BEHIND);
    int to = Math.min(shownTo, ownEnd + AHEAD);
    windows.add(
        new Window(
            buffer.asSlice(from, to - from).asReadOnly(),
            Location.physical(bufferAddress + from),
            ownStart - from,
            ownEnd - from));
  }

  private int endOf(int page, int limit, Content kind) {
    int end = page + 1;
    while (end < limit && content[end] == kind) {
      end++;
    }
    return end;
  }

  private static int offsetOf(int page) {
    return BEHIND + page * Pages.SIZE;
  }
}
