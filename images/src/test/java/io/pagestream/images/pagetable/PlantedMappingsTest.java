package io.pagestream.images.pagetable;

import static io.pagestream.images.pagetable.PlantedGuest.LARGE;
import static io.pagestream.images.pagetable.PlantedGuest.NO_EXECUTE;
import static io.pagestream.images.pagetable.PlantedGuest.USER;
import static io.pagestream.images.pagetable.PlantedGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.pagetable.PlantedGuest.Leaf;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each definition fires on a case that is planted in the tables of real guests, and only there. */
final class PlantedMappingsTest {
  private static final Set<String> FINDINGS =
      Arrays.stream(MappingDetection.values())
          .filter(detection -> !detection.isListed())
          .map(MappingDetection::id)
          .collect(Collectors.toSet());

  /** Where the anomaly must be found. */
  private record Expected(String definition, long virtual, long entryAddress, List<String> others) {
    Expected(String definition, long virtual, long entryAddress, String... others) {
      this(definition, virtual, entryAddress, List.of(others));
    }
  }

  private interface Plant {
    Expected in(PlantedGuest guest);
  }

  static PlantedGuest plain() {
    return PlantedGuest.of("qemu-q35-256", 256L << 20);
  }

  private static PlantedGuest isolated() {
    return PlantedGuest.of("qemu-la57-isolation-128", 128L << 20);
  }

  private static Stream<DynamicTest> planted(Plant plant) {
    return Stream.of("4 levels", "5 levels, isolation")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  PlantedGuest guest = name.startsWith("4") ? plain() : isolated();
                  Expected expected = plant.in(guest);
                  PageMappings mappings = guest.mappings();
                  List<MappingAnomaly> found = PlantedGuest.of(mappings, expected.definition());

                  assertThat(found).as("%s", mappings.anomalies()).hasSize(1);
                  MappingAnomaly anomaly = found.getFirst();
                  assertThat(anomaly.getVirtualAddress()).isEqualTo(expected.virtual());
                  assertThat(anomaly.getEntryAddress()).isEqualTo(expected.entryAddress());
                  assertThat(anomaly.getRootByShape()).isFalse();
                  assertThat(anomaly.getConfidence())
                      .isEqualTo(
                          MappingDetection.of(expected.definition()).orElseThrow().confidence())
                      .isNotEqualTo(Confidence.LOW);
                  assertThat(anomaly.getOwner()).isNotEmpty();
                  assertThat(findings(mappings))
                      .as("%s", mappings.anomalies())
                      .isSubsetOf(
                          Stream.concat(
                                  Stream.of(expected.definition()), expected.others().stream())
                              .toList());
                  assertReportedOnce(mappings, anomaly);
                  assertThat(findings(guest.mappingsByShape())).contains(expected.definition());
                  assertThat(PlantedGuest.of(guest.mappingsByShape(), expected.definition()))
                      .allMatch(each -> each.getConfidence() == Confidence.LOW);
                }));
  }

  private static Set<String> findings(PageMappings mappings) {
    return mappings.anomalies().stream()
        .map(MappingAnomaly::getDefinition)
        .filter(FINDINGS::contains)
        .collect(Collectors.toSet());
  }

  /** The page at which it begins carries it, in one span of a run of any length. */
  private static void assertReportedOnce(PageMappings mappings, MappingAnomaly anomaly) {
    long page =
        Pages.floor(
            anomaly.getDefinition().equals("memtype-differs") // its page is not in the image
                ? anomaly.getEntryAddress()
                : anomaly.getPhysicalAddress());
    for (int before : new int[] {0, 1, 30}) {
      long start = Math.max(0, page - Pages.address(before));
      List<MappingSpan> spans =
          mappings.spansOf(start, 64).stream()
              .filter(span -> span.getAnomalies().contains(anomaly))
              .toList();
      assertThat(spans).hasSize(1);
      assertThat(start + Pages.address(spans.getFirst().getFirstPage())).isEqualTo(page);
    }
  }

  @TestFactory
  Stream<DynamicTest> normalGuestsHaveNone() {
    return Stream.of(plain(), isolated())
        .flatMap(guest -> Stream.of(guest.mappings(), guest.mappingsByShape()))
        .map(mappings ->
            DynamicTest.dynamicTest(
                mappings.hints().get("page-tables"),
                () -> {
                  assertThat(findings(mappings)).isEmpty();
                  assertThat(PlantedGuest.of(mappings, "user-maps-rodata")).isNotEmpty(); // vDSO
                  assertThat(PlantedGuest.of(mappings, "kernel-x-outside-image")).isNotEmpty();
                  assertThat(mappings.doubts()).isEmpty();
                }));
  }

  @TestFactory
  Stream<DynamicTest> kernelWx() {
    return planted(guest -> {
      Leaf leaf = kernelData(guest);
      guest.change(leaf.entryAddress(), 0, NO_EXECUTE);
      return new Expected("kernel-wx", leaf.virtual(), leaf.entryAddress(), "wx-by-alias");
    });
  }

  @TestFactory
  Stream<DynamicTest> userInKernelHalf() {
    return planted(guest -> {
      Leaf leaf = kernelData(guest);
      leaf.path().forEach(entry -> guest.change(entry, USER, 0));
      long top = leaf.path().getFirst() - guest.root(0);
      guest.change(guest.kernelRoot() + top, USER, 0);
      guest.roots().forEach(root -> guest.change(root + top, USER, 0));
      return new Expected(
          "user-in-kernel-half",
          leaf.virtual(),
          leaf.entryAddress(),
          "kernel-half-differs",
          "user-maps-table",
          "table-with-user-mapping");
    });
  }

  @TestFactory
  Stream<DynamicTest> kernelInUserHalf() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      guest.change(leaf.entryAddress(), 0, USER);
      return new Expected("kernel-in-user-half", leaf.virtual(), leaf.entryAddress());
    });
  }

  @TestFactory
  Stream<DynamicTest> userMapsKernelText() {
    return planted(guest -> {
      Leaf text = guest.leaf(guest.root(0), leaf -> leaf.isInImage() && leaf.isExecutable());
      Leaf leaf = userData(guest);
      guest.put(
          leaf.entryAddress(),
          (leaf.entry() & ~PlantedGuest.ADDRESS & ~WRITE) | (text.physical() + 0x5000));
      return new Expected("user-maps-kernel-text", leaf.virtual(), leaf.entryAddress());
    });
  }

  @TestFactory
  Stream<DynamicTest> userMapsTable() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      guest.put(leaf.entryAddress(), (leaf.entry() & ~PlantedGuest.ADDRESS) | table(guest));
      return new Expected(
          "user-maps-table", leaf.virtual(), leaf.entryAddress(), "table-with-user-mapping");
    });
  }

  @Test
  void aTableThatUserModeMapsIsReportedWithItsLevelAndBothAddresses() {
    PlantedGuest guest = plain();
    Leaf leaf = userData(guest);
    guest.put(leaf.entryAddress(), (leaf.entry() & ~PlantedGuest.ADDRESS) | table(guest));
    PageMappings mappings = guest.mappings();

    MappingAnomaly table = PlantedGuest.of(mappings, "table-with-user-mapping").getFirst();
    assertThat(table.getPhysicalAddress()).isEqualTo(table(guest));
    assertThat(table.getDetail()).isEqualTo("table of level 1");
    assertThat(table.getOtherVirtualAddress()).isEqualTo(leaf.virtual());
    assertThat(table.getOtherRoot()).isEqualTo(guest.root(0));
    MappingAnomaly user = PlantedGuest.of(mappings, "user-maps-table").getFirst();
    assertThat(user.getOtherVirtualAddress()).isEqualTo(table.getVirtualAddress());
    assertThat(user.getOwner()).isEqualTo("process of 0x%x".formatted(guest.root(0)));
  }

  @TestFactory
  Stream<DynamicTest> textWritableAlias() {
    return planted(guest -> {
      Leaf text = guest.leaf(guest.root(0), leaf -> leaf.isInImage() && leaf.isExecutable());
      Leaf alias = guest.direct(guest.root(0), text.physical());
      assertThat(alias.isWritable()).isFalse();
      guest.change(alias.entryAddress(), WRITE, 0);
      return new Expected(
          "text-writable-alias", alias.virtual(), alias.entryAddress(), "wx-by-alias");
    });
  }

  @TestFactory
  Stream<DynamicTest> readOnlyDataThatIsWritable() {
    return planted(guest -> {
      Leaf constant =
          guest.leaf(
              guest.root(0),
              leaf -> leaf.isInImage() && !leaf.isExecutable() && !leaf.isWritable());
      Leaf alias = guest.direct(guest.root(0), constant.physical());
      guest.change(alias.entryAddress(), WRITE, 0);
      return new Expected("text-writable-alias", alias.virtual(), alias.entryAddress());
    });
  }

  @TestFactory
  Stream<DynamicTest> wxByAlias() {
    return planted(guest -> {
      Leaf module =
          guest.leaf(
              guest.root(0),
              leaf ->
                  leaf.virtual() >= 0xffff_ffff_c000_0000L
                      && leaf.isExecutable()
                      && !guest.direct(guest.root(0), leaf.physical()).isWritable()
                      && guest.direct(guest.root(0), leaf.physical()).pages() == 1);
      Leaf alias = guest.direct(guest.root(0), module.physical());
      guest.change(alias.entryAddress(), WRITE, 0);
      return new Expected("wx-by-alias", alias.virtual(), alias.entryAddress());
    });
  }

  @TestFactory
  Stream<DynamicTest> userRwx() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      guest.change(leaf.entryAddress(), WRITE, NO_EXECUTE);
      return new Expected("user-rwx", leaf.virtual(), leaf.entryAddress());
    });
  }

  @TestFactory
  Stream<DynamicTest> ramNotWriteBack() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      guest.change(leaf.entryAddress(), 1 << 3 | 1 << 4, 0); // PWT and PCD: uncached
      return new Expected("ram-not-wb", leaf.virtual(), leaf.entryAddress());
    });
  }

  /** Without a range map, the direct map shows that the container's range is RAM. */
  @TestFactory
  Stream<DynamicTest> ramNotWriteBackByTheContainerAlone() {
    return planted(guest -> {
      guest.withoutRangeMap();
      Leaf leaf = userData(guest);
      guest.change(leaf.entryAddress(), 1 << 3 | 1 << 4, 0);
      return new Expected("ram-not-wb", leaf.virtual(), leaf.entryAddress());
    });
  }

  /** A frame buffer that the kernel gave out write-combining is mapped uncached by a process. */
  @TestFactory
  Stream<DynamicTest> memtypeDiffers() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      long device = guest.size() + Pages.SIZE;
      guest.recorded(device, CacheType.WRITE_COMBINING);
      guest.put(leaf.entryAddress(), device | 0x8000_0000_0000_0000L | 0x67 | 1 << 3 | 1 << 4);
      return new Expected("memtype-differs", leaf.virtual(), leaf.entryAddress());
    });
  }

  @Test
  void theRecordedTypeIsNoAnomaly() {
    PlantedGuest guest = plain();
    Leaf leaf = userData(guest);
    long device = guest.size() + Pages.SIZE;
    guest.recorded(device, CacheType.WRITE_COMBINING);
    // PWT alone selects entry 1 of the PAT that Linux writes: write-combining
    guest.put(leaf.entryAddress(), device | NO_EXECUTE | 0x67 | 1 << 3);
    assertThat(findings(guest.mappings())).isEmpty();
    assertThat(PlantedGuest.of(guest.mappings(), "user-to-device"))
        .anyMatch(anomaly -> anomaly.getPhysicalAddress() == device);
  }

  @TestFactory
  Stream<DynamicTest> kernelHalfDiffers() {
    return planted(guest -> {
      int free = 300;
      while (guest.u64(guest.kernelRoot() + 8L * free) != 0) {
        free++;
      }
      long table = guest.freePage();
      long entry = guest.root(0) + 8L * free;
      guest.put(entry, table | 0x63);
      boolean five = guest.levels() == 5;
      int shift = five ? 48 : 39;
      long virtual = (long) free << (64 - 9) >> (64 - 9 - shift);
      return new Expected("kernel-half-differs", virtual, entry);
    });
  }

  @Test
  void aTopLevelEntryOfAProcessThatPointsElsewhereIsReportedWithBothEntries() {
    PlantedGuest guest = plain();
    Leaf leaf = kernelData(guest);
    long entry = leaf.path().getFirst();
    long before = guest.u64(entry);
    long table = guest.freePage();
    guest.put(entry, table | 0x67);

    MappingAnomaly anomaly = PlantedGuest.of(guest.mappings(), "kernel-half-differs").getFirst();
    assertThat(anomaly.getEntryAddress()).isEqualTo(entry);
    assertThat(anomaly.getEntry()).isEqualTo(table | 0x67);
    assertThat(anomaly.getOtherRoot()).isEqualTo(guest.kernelRoot());
    assertThat(anomaly.getOtherEntry() & ~0x60L).isEqualTo(before & ~0x60L);
  }

  @TestFactory
  Stream<DynamicTest> tableAtTwoLevels() {
    return planted(guest -> {
      Leaf leaf = userData(guest);
      long last = Pages.floor(leaf.entryAddress());
      long directory = Pages.floor(leaf.path().get(leaf.path().size() - 3));
      long free = directory;
      while (guest.u64(free) != 0) {
        free += 8;
      }
      guest.put(free, last | 0x63); // a table of level 1 as one of level 2; not for user mode
      return new Expected(
          "table-at-two-levels",
          leaf.virtual() & -(2L << 20),
          0,
          "kernel-in-user-half",
          "user-maps-table", // the memory of the table's user is read as tables
          "table-with-user-mapping",
          "reserved-bits");
    });
  }

  @TestFactory
  Stream<DynamicTest> reservedBits() {
    return planted(guest -> {
      long entry = guest.root(0) + 8 * 17;
      assertThat(guest.u64(entry)).isZero();
      guest.put(entry, 0x2000 | LARGE | 7);
      boolean five = guest.levels() == 5;
      return new Expected("reserved-bits", 17L << (five ? 48 : 39), entry);
    });
  }

  private static Leaf kernelData(PlantedGuest guest) {
    return guest.leaf(
        guest.root(0),
        leaf ->
            leaf.virtual() < 0
                && leaf.physical() >= 2 << 20
                && leaf.pages() == 1
                && leaf.isWritable()
                && !leaf.isExecutable()
                && !leaf.isInImage());
  }

  static Leaf userData(PlantedGuest guest) {
    return guest.leaf(
        guest.root(0),
        leaf -> leaf.isUser() && leaf.isWritable() && leaf.pages() == 1 && leaf.virtual() > 0);
  }

  /** A table of the last level of another process. */
  private static long table(PlantedGuest guest) {
    Leaf other =
        guest.leaf(guest.root(1), leaf -> leaf.isUser() && leaf.virtual() > 0 && leaf.pages() == 1);
    return Pages.floor(other.entryAddress());
  }
}
