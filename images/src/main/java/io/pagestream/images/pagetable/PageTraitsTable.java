package io.pagestream.images.pagetable;

import io.pagestream.images.detection.LeafTraits;
import io.pagestream.images.detection.PageTraits;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * The {@link PageTraits} of every page of an image, collected by the walks that count mappings. If
 * the image names roots, the other ones add only traits that lower the confidence of a detection.
 */
final class PageTraitsTable {
  /**
   * Fewer consecutive pages of the kernel's image that are neither writable nor executable are not
   * its read-only data, which is megabytes. On one of the measured guests, a single page after the
   * bss was read-only in the image's mapping alone.
   */
  private static final long FEWEST_CONSTANT_PAGES = 64;

  private final FrameTable frames;
  private final boolean trusted;
  private final int sections;
  private long constantStart;
  private long constantPages;
  private long constantVirtual;

  /**
   * A table.
   *
   * @param anyNamed whether the image names roots
   * @param facts the sections of the kernel, which are recognized by their mappings otherwise
   */
  PageTraitsTable(List<PhysicalExtent> extents, boolean anyNamed, DetectionFacts facts) {
    this.frames = new FrameTable(extents);
    this.trusted = anyNamed;
    // Linux frees parts of its image after booting, which remain mapped like its data.
    this.sections =
        PageTraits.TEXT
            | (facts.rodata().size() > 0 ? 0 : PageTraits.RODATA)
            | (facts.bss().size() > 0 ? 0 : PageTraits.DATA);
    addSection(facts.text(), PageTraits.TEXT);
    addSection(facts.rodata(), PageTraits.RODATA);
    addSection(facts.bss(), PageTraits.DATA);
  }

  /** Receives the walk from named roots. */
  WalkSink named() {
    return new Collector(true);
  }

  /** Receives the walk from roots found by their shape. */
  WalkSink byShape() {
    return new Collector(!trusted);
  }

  private final class Collector implements WalkSink {
    private final boolean decides;

    Collector(boolean decides) {
      this.decides = decides;
    }

    @Override
    public void leaf(
        long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
      int leaf = LeafTraits.of(virtualAddress, entry, rights);
      int traits = (leaf & LeafTraits.USER) != 0 ? PageTraits.USER : 0;
      if (LeafTraits.isKernelExecutable(leaf)) {
        traits |= decides ? PageTraits.EXECUTABLE : PageTraits.EXECUTABLE_BY_SHAPE;
      }
      int section = decides ? PageTraits.sectionOf(leaf) & sections : 0;
      if (section == PageTraits.RODATA) {
        constant(virtualAddress, physicalAddress, pages);
      } else {
        traits |= section;
      }
      if (traits != 0) { // the direct map has none
        frames.mark(physicalAddress, pages, traits);
      }
    }

    @Override
    public void table(long root, long virtualAddress, long physicalAddress, int level) {
      frames.mark(
          physicalAddress, 1, decides ? PageTraits.tableOf(level) : PageTraits.TABLE_BY_SHAPE);
    }

    @Override
    public void distrusted(long root, long virtualAddress, long physicalAddress, int level) {
      table(root, virtualAddress, physicalAddress, level);
    }
  }

  /** Adds pages of the kernel's image that are neither writable nor executable. */
  private void constant(long virtualAddress, long physicalAddress, long pages) {
    long bytes = Pages.address(constantPages);
    if (constantStart + bytes != physicalAddress || constantVirtual + bytes != virtualAddress) {
      finish();
      constantStart = physicalAddress;
      constantVirtual = virtualAddress;
    }
    constantPages += pages;
  }

  /** Completes the traits after all walks. */
  void finish() {
    if (constantPages >= FEWEST_CONSTANT_PAGES) {
      frames.mark(constantStart, constantPages, PageTraits.RODATA);
    }
    constantPages = 0;
  }

  /** Notes that a table is reported; returns whether it was not before. */
  boolean report(long table) {
    boolean first = (of(table) & PageTraits.REPORTED) == 0;
    frames.mark(table, 1, PageTraits.REPORTED);
    return first;
  }

  /** Adds a section of the kernel's image by its own records, each page that it touches. */
  private void addSection(Intervals section, int trait) {
    for (int i = 0; i < section.size(); i++) {
      long start = Pages.floor(section.start(i));
      frames.mark(start, Pages.frameNumber(Pages.ceil(section.end(i)) - start), trait);
    }
  }

  /** The traits of a page; 0 outside the image. */
  int of(long physicalAddress) {
    return frames.factsOf(physicalAddress);
  }

  /** The address after the last consecutive page with the same traits, at most {@code end}. */
  long endOfEqual(long physicalAddress, long end) {
    return frames.endOfEqual(physicalAddress, end);
  }
}
