package io.pagestream.images;

import io.pagestream.images.identity.InputFile;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.kernelrecord.NamedRoot;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.pagetable.DetectionFacts;
import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableDepth;
import io.pagestream.images.pagetable.PageTableOptions;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.images.pagetable.PageTables;
import io.pagestream.images.pagetable.SelectedMappings;
import io.pagestream.images.pagetable.TranslatedPages;
import io.pagestream.images.rangemap.FoundSidecars;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.images.rangemap.PhysicalMaps;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileReader;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.Doubt;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An opened memory image: its pages, the facts of its container, its range map, and the mappings in
 * its own page tables. Sidecars are read when they are first needed, page tables on request. Not
 * thread-safe.
 */
public final class OpenedImage implements Closeable {
  private final MemoryImage image;
  private final List<InputFile> files;
  private final SideFiles sideFiles;
  private final SideFiles foundSideFiles;
  private final PageTableDepth pageTables;
  private final Intervals covered;
  private final KernelRecordReader kernelRecords;
  private final PageSearch search;
  private @Nullable SideFacts sideFacts;
  private @Nullable KernelRecords recorded;
  private @Nullable PhysicalMap map;
  private @Nullable PageMappings mappings;

  /**
   * Takes over an image.
   *
   * @param files its files, in the order of their contents
   * @param sideFiles its sidecars, given or found
   * @param foundSideFiles those of the sidecars that were found by their names
   * @param pageTables selects its page tables to read
   * @param kernelRecords reads the records of the kernel in the image
   */
  OpenedImage(
      MemoryImage image,
      List<InputFile> files,
      SideFiles sideFiles,
      SideFiles foundSideFiles,
      PageTableDepth pageTables,
      KernelRecordReader kernelRecords) {
    this.image = image;
    this.files = List.copyOf(files);
    this.sideFiles = sideFiles;
    this.foundSideFiles = foundSideFiles;
    this.pageTables = pageTables;
    this.kernelRecords = kernelRecords;
    this.search = new PageSearch(image);
    this.covered =
        Intervals.of(image.extents(), PhysicalExtent::physicalAddress, PhysicalExtent::endAddress);
  }

  /** Its pages. */
  public MemoryImage image() {
    return image;
  }

  /** Its extents of physical memory: sorted, disjoint. */
  public List<PhysicalExtent> extents() {
    return image.extents();
  }

  /** Whether an extent contains the page at an address. */
  public boolean covers(long physicalAddress) {
    return covered.contains(physicalAddress);
  }

  /** The facts of its container besides the pages. */
  public ImageFacts facts() {
    return image.facts();
  }

  /** Its files, in the order of their contents. */
  public List<InputFile> files() {
    return files;
  }

  /** The search of its pages, made at most once. */
  public PageSearch search() {
    return search;
  }

  /** Its sidecars, given or found. */
  public SideFiles sideFiles() {
    return sideFiles;
  }

  /** The name of its first file. */
  public String name() {
    return files.getFirst().name();
  }

  /**
   * The range map.
   *
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public PhysicalMap map() {
    PhysicalMap known = map;
    if (known == null) {
      known = PhysicalMaps.of(extents(), rangeFacts());
      map = known;
    }
    return known;
  }

  /**
   * The processor's memory type registers, as far as sidecars or the kernel's own records contain
   * them.
   *
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public CacheFacts registers() {
    return rangeFacts().cache();
  }

  /**
   * Doubts that are known before the first page is read: those of the container, and sidecars that
   * were found by their names and changed the result.
   *
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>(facts().doubts());
    doubts.addAll(kernelRecords().doubts());
    doubts.addAll(
        FoundSidecars.doubts(
            image, sideFiles, foundSideFiles, rangeFacts(), kernelRecords()::after, map()));
    return doubts;
  }

  /**
   * Its page tables, as selected when the image was opened; read at the first call.
   *
   * @return the mappings of each page; usable as long as the image is open
   * @throws InterruptedException if {@code progress} does
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public PageMappings mappings(PageTableProgress progress) throws InterruptedException {
    PageMappings known = mappings;
    if (known == null) {
      KernelRecords records = kernelRecords(progress);
      known = PageTables.read(image, search, pageTableOptions(records), progress);
      mappings = known;
    }
    return known;
  }

  /**
   * How selected pages are mapped under named page-table roots, pages outside the image included.
   * The image is not searched for further roots.
   *
   * @param root a root that the user names; empty if none
   * @param pages the pages: sorted, disjoint
   * @throws io.pagestream.schemas.error.PagestreamException for a sidecar that cannot be used
   */
  public SelectedMappings mappingsOf(OptionalLong root, List<PhysicalExtent> pages) {
    return PageTables.select(image, pageTableOptions(kernelRecords()), root, pages);
  }

  private PageTableOptions pageTableOptions(KernelRecords records) {
    return PageTableOptions.of(pageTables)
        .withMemoryTypes(registers())
        .withRecordedRoots(records.roots().stream().map(NamedRoot::physicalAddress).toList())
        .withDetection(detectionFacts(records));
  }

  private DetectionFacts detectionFacts(KernelRecords records) {
    Map<Long, String> names = new HashMap<>();
    for (NamedRoot root : records.roots()) {
      String name = root.pid() == 0 ? root.name() : "%s (%d)".formatted(root.name(), root.pid());
      names.putIfAbsent(root.physicalAddress(), name);
    }
    return DetectionFacts.of(map().ranges(), names).withRecordedTypes(rangeFacts().tracked());
  }

  /**
   * Translates virtual addresses by the page tables under a root.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress first address
   * @param pageCount number of pages from the one that contains it
   * @throws io.pagestream.schemas.error.PagestreamException if the image does not contain the root
   */
  public List<TranslatedPages> translate(long root, long virtualAddress, long pageCount) {
    return PageTables.translate(image, root, virtualAddress, pageCount);
  }

  /**
   * The records of the kernel in the image, as selected when the image was opened; read at the
   * first call.
   *
   * @throws InterruptedException if {@code progress} does
   */
  public KernelRecords kernelRecords(PageTableProgress progress) throws InterruptedException {
    KernelRecords known = recorded;
    if (known == null) {
      known = kernelRecords.read(image, search, progress);
      recorded = known;
    }
    return known;
  }

  /** The records of the kernel in the image. */
  public KernelRecords kernelRecords() {
    try {
      return kernelRecords(PageTableProgress.NONE);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted without a listener", e);
    }
  }

  private SideFacts rangeFacts() {
    return kernelRecords().after(sideFacts());
  }

  private SideFacts sideFacts() {
    SideFacts known = sideFacts;
    if (known == null) {
      known = SideFileReader.read(sideFiles);
      sideFacts = known;
    }
    return known;
  }

  @Override
  public void close() {
    image.close();
  }
}
