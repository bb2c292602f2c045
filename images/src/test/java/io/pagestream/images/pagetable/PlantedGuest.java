package io.pagestream.images.pagetable;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The page tables of a real guest, in memory, to be changed byte by byte. Pages without tables are
 * zero. Has a walker of its own, by the tables of the Intel SDM (vol. 3A, 4.5), so that nothing of
 * the code under test decides what is planted.
 */
final class PlantedGuest implements MemoryImage {
  static final long PRESENT = 1;
  static final long WRITE = 1 << 1;
  static final long USER = 1 << 2;
  static final long LARGE = 1 << 7;
  static final long NO_EXECUTE = 1L << 63;
  static final long ADDRESS = 0x000f_ffff_ffff_f000L;

  private static final Map<String, Map<Long, byte[]>> LOADED = new ConcurrentHashMap<>();

  private final int levels;
  private final long size;
  private final long kernel;
  private final List<Long> processes;
  private final Map<Long, byte[]> tables;
  private DetectionFacts facts;

  /**
   * A leaf of a table.
   *
   * @param path physical addresses of the entries, from the top-level table to the leaf
   * @param isExecutable whether no entry on the path forbids execution
   */
  record Leaf(
      long virtual, long physical, long pages, long entry, List<Long> path, boolean isExecutable) {
    long entryAddress() {
      return path.getLast();
    }

    boolean isUser() {
      return (entry & USER) != 0;
    }

    boolean isWritable() {
      return (entry & WRITE) != 0;
    }

    boolean isInImage() {
      return virtual >= 0xffff_ffff_8000_0000L && virtual < 0xffff_ffff_c000_0000L;
    }
  }

  private PlantedGuest(int levels, long size, long anyRoot, Map<Long, byte[]> tables) {
    this.levels = levels;
    this.size = size;
    this.tables = tables;
    long last = u64(anyRoot + 8 * 511) & ADDRESS;
    List<Long> all =
        tables.keySet().stream()
            .filter(table -> table >= 1 << 20 && (u64(table + 8 * 511) & ADDRESS) == last)
            .sorted()
            .toList();
    this.kernel = all.stream().filter(table -> !hasUserHalf(table)).findFirst().orElseThrow();
    Predicate<Leaf> memory = leaf -> leaf.virtual() >= 0 && leaf.isUser() && leaf.isWritable();
    this.processes = all.stream().filter(table -> !leaves(table, memory, 1).isEmpty()).toList();
    this.facts = DetectionFacts.of(ranges(RangeProvenance.SIDE_FILE), names());
  }

  /** One of the guests of the tests' resources. */
  static PlantedGuest of(String name, long size) {
    var folder = TestTables.FOLDER.resolve(name);
    var json = TestTables.json(folder.resolve("facts.json"));
    int levels = json.path("levels").asInt();
    long last = json.path("cr3").path(0).asLong();
    Map<Long, byte[]> tables = new HashMap<>(LOADED.computeIfAbsent(name, PlantedGuest::load));
    tables.replaceAll((at, page) -> page.clone());
    return new PlantedGuest(levels, size, last, tables);
  }

  private static Map<Long, byte[]> load(String name) {
    var folder = TestTables.FOLDER.resolve(name);
    Map<Long, byte[]> tables = new HashMap<>();
    try (OpenedImage opened = TestTables.open(folder.resolve("tables.raw.gz"))) {
      for (PhysicalExtent extent : opened.extents()) {
        for (long at = extent.physicalAddress(); at < extent.endAddress(); at += Pages.SIZE) {
          byte[] page = new byte[Pages.SIZE];
          opened.image().read(at, 1, MemorySegment.ofArray(page), new PageState[1]);
          tables.put(at, page);
        }
      }
    }
    return tables;
  }

  private List<AddressRange> ranges(RangeProvenance provenance) {
    return List.of(
        AddressRange.newBuilder()
            .setPhysicalAddress(0)
            .setPageCount(Pages.frameNumber(size))
            .setKind(RangeKind.RAM)
            .setProvenance(provenance)
            .build());
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    processes.forEach(cr3 -> names.put(cr3, "process of 0x%x".formatted(cr3)));
    return names;
  }

  /** Only the container claims that there is RAM. */
  void withoutRangeMap() {
    facts = DetectionFacts.of(ranges(RangeProvenance.CONTAINER), names());
  }

  private boolean hasUserHalf(long table) {
    return IntStream.range(0, 256).anyMatch(i -> u64(table + 8L * i) != 0);
  }

  /** RAM ends below a page, which the kernel recorded with a type. */
  void recorded(long page, CacheType type) {
    AddressRange ram = ranges(RangeProvenance.SIDE_FILE).getFirst();
    ram.setPageCount(Pages.frameNumber(page));
    facts =
        DetectionFacts.of(List.of(ram), names())
            .withRecordedTypes(List.of(new TrackedTypes.Entry(page, page + Pages.SIZE, type)));
  }

  /** The top-level table of a process. */
  long root(int process) {
    return processes.get(process);
  }

  /** The top-level tables of all processes. */
  List<Long> roots() {
    return processes;
  }

  /** Bytes of memory. */
  long size() {
    return size;
  }

  /** Levels of paging. */
  int levels() {
    return levels;
  }

  long u64(long physical) {
    byte[] table = tables.get(Pages.floor(physical));
    return table == null ? 0 : entries(table).getLong((int) (physical & (Pages.SIZE - 1)));
  }

  void put(long physical, long value) {
    byte[] table = tables.computeIfAbsent(Pages.floor(physical), page -> new byte[Pages.SIZE]);
    entries(table).putLong((int) (physical & (Pages.SIZE - 1)), value);
  }

  private static ByteBuffer entries(byte[] table) {
    return ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Sets and clears bits of an entry. */
  void change(long entryAddress, long set, long clear) {
    put(entryAddress, (u64(entryAddress) & ~clear) | set);
  }

  /** A page whose entries are all zero, as a table to be filled. */
  long freePage() {
    long at = size - Pages.SIZE;
    while (tables.containsKey(at)) {
      at -= Pages.SIZE;
    }
    put(at, 0);
    return at;
  }

  /** The first leaf under a root that satisfies a condition. */
  Leaf leaf(long root, Predicate<Leaf> wanted) {
    return leaves(root, wanted, 1).getFirst();
  }

  private List<Leaf> leaves(long root, Predicate<Leaf> wanted, int most) {
    List<Leaf> found = new ArrayList<>();
    walk(root, levels, 0, List.of(), wanted, found, most);
    return found;
  }

  private void walk(
      long table,
      int level,
      long virtual,
      List<Long> above,
      Predicate<Leaf> wanted,
      List<Leaf> found,
      int most) {
    for (int i = 0; i < 512 && found.size() < most; i++) {
      long entryAddress = table + 8L * i;
      long entry = u64(entryAddress);
      if ((entry & PRESENT) == 0) {
        continue;
      }
      int shift = 12 + 9 * (level - 1);
      long at = virtual + ((long) i << shift);
      List<Long> path = new ArrayList<>(above);
      path.add(entryAddress);
      if (level == 1 || ((entry & LARGE) != 0 && level <= 3)) {
        int unused = 64 - 12 - 9 * levels;
        long physical = entry & ADDRESS & -(1L << shift);
        Leaf leaf =
            new Leaf(
                at << unused >> unused,
                physical,
                1L << (shift - 12),
                entry,
                path,
                path.stream().allMatch(each -> u64(each) >= 0));
        if (wanted.test(leaf)) {
          found.add(leaf);
        }
      } else {
        walk(entry & ADDRESS, level - 1, at, path, wanted, found, most);
      }
    }
  }

  /** The direct map's leaf of a physical address: the first writable or read-only alias. */
  Leaf direct(long root, long physical) {
    return leaf(
        root,
        leaf ->
            leaf.virtual() < 0
                && leaf.virtual() < 0xffff_f000_0000_0000L
                && !leaf.isExecutable()
                && leaf.physical() <= physical
                && physical < leaf.physical() + Pages.address(leaf.pages()));
  }

  /** The kernel's own table: it has no entries in the user's half. */
  long kernelRoot() {
    return kernel;
  }

  /** The walks of the code under test; roots are named, the kernel's first. */
  PageMappings mappings() {
    return walked(all(), List.of());
  }

  private List<Long> all() {
    List<Long> roots = new ArrayList<>(List.of(kernel));
    roots.addAll(processes);
    return roots;
  }

  /** The same without any named root. */
  PageMappings mappingsByShape() {
    return walked(List.of(), all());
  }

  private PageMappings walked(List<Long> named, List<Long> byShape) {
    PagingMode mode = levels == 5 ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL;
    try (TablePages pages = new TablePages(this)) {
      return PageTables.walked(
          this,
          pages,
          new AddressSpaces(mode, GuestSystem.LINUX, named, byShape, 0),
          PageTableOptions.defaults().withRecordedRoots(List.of(kernel)).withDetection(facts));
    }
  }

  static List<MappingAnomaly> of(PageMappings mappings, String definition) {
    return mappings.anomalies().stream()
        .filter(anomaly -> anomaly.getDefinition().equals(definition))
        .toList();
  }

  @Override
  public ImageFacts facts() {
    return ImageFacts.of("planted");
  }

  @Override
  public List<PhysicalExtent> extents() {
    return List.of(
        new PhysicalExtent(
            0, Pages.frameNumber(size), RangeKind.RAM, RangeProvenance.CONTAINER, ""));
  }

  @Override
  public void read(long physicalAddress, int pageCount, MemorySegment into, PageState[] states) {
    into.asSlice(0, Pages.address(pageCount)).fill((byte) 0);
    for (int i = 0; i < pageCount; i++) {
      byte[] table = tables.get(physicalAddress + Pages.address(i));
      if (table != null) {
        MemorySegment.copy(MemorySegment.ofArray(table), 0, into, Pages.address(i), Pages.SIZE);
      }
    }
    Arrays.fill(states, 0, pageCount, PageState.PRESENT);
  }

  @Override
  public void close() {}
}
