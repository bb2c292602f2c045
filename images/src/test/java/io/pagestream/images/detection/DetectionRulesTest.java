package io.pagestream.images.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All combinations of rights, halves and pages against the sentences of the document. */
final class DetectionRulesTest {
  private static final long WRITE = 2;
  private static final long USER = 4;
  private static final long NO_EXECUTE = 1L << 63;
  private static final long DIRECT_MAP = 0xffff_8880_0000_0000L;
  private static final long IMAGE = 0xffff_ffff_8100_0000L;
  private static final long MODULE = 0xffff_ffff_c000_0000L;
  private static final long VSYSCALL = 0xffff_ffff_ff60_0000L;
  private static final long PROCESS = 0x7f00_0000_0000L;

  @Test
  void leavesByThemselves() {
    int cases = 0;
    for (long virtual : new long[] {DIRECT_MAP, IMAGE, MODULE, VSYSCALL, PROCESS, 0}) {
      for (long rights : rights()) {
        boolean kernelHalf = virtual < 0;
        boolean user = (rights & USER) != 0;
        boolean write = (rights & WRITE) != 0;
        boolean execute = (rights & NO_EXECUTE) == 0;
        Set<String> expected = new TreeSet<>();
        if (kernelHalf && !user && write && execute) {
          expected.add("kernel-wx");
        }
        if (kernelHalf && user && (virtual != VSYSCALL || write)) {
          expected.add("user-in-kernel-half");
        }
        if (!kernelHalf && !user) {
          expected.add("kernel-in-user-half");
        }
        if (user && write && execute) {
          expected.add("user-rwx");
        }
        if (kernelHalf && !user && execute && virtual != IMAGE) {
          expected.add("kernel-x-outside-image");
        }
        int leaf = LeafTraits.of(virtual, 1 | rights, rights);
        assertThat(ids(DetectionRules.ofLeaf(leaf)))
            .as("%x with %x", virtual, rights)
            .isEqualTo(expected);
        cases++;
      }
    }
    assertThat(cases).isEqualTo(48);
  }

  @Test
  void leavesOfPagesThatAreMoreThanMemory() {
    for (int page :
        List.of(
            0,
            PageTraits.TEXT | PageTraits.EXECUTABLE,
            PageTraits.RODATA,
            PageTraits.DATA,
            PageTraits.EXECUTABLE,
            PageTraits.EXECUTABLE_BY_SHAPE,
            PageTraits.tableOf(1),
            PageTraits.tableOf(5),
            PageTraits.TABLE_BY_SHAPE)) {
      for (long rights : rights()) {
        boolean user = (rights & USER) != 0;
        boolean write = (rights & WRITE) != 0;
        boolean kernelExecutes = !user && (rights & NO_EXECUTE) == 0;
        Set<String> expected = new TreeSet<>();
        boolean text = (page & PageTraits.TEXT) != 0;
        boolean rodata = page == PageTraits.RODATA;
        boolean executable = (page & (PageTraits.EXECUTABLE | PageTraits.EXECUTABLE_BY_SHAPE)) != 0;
        if (user && text) {
          expected.add("user-maps-kernel-text");
        }
        if (user && rodata) {
          expected.add("user-maps-rodata");
        }
        if (user && page == PageTraits.DATA) {
          expected.add("user-maps-bss");
        }
        if (user && page != 0 && !text && !rodata && !executable && page != PageTraits.DATA) {
          expected.add("user-maps-table");
        }
        if (write && (text || rodata)) {
          expected.add("text-writable-alias");
        }
        if (write && executable && !kernelExecutes) {
          expected.add("wx-by-alias");
        }
        int leaf = LeafTraits.of(DIRECT_MAP, 1 | rights, rights);
        assertThat(ids(DetectionRules.ofPage(leaf, page)))
            .as("%x with %x", page, rights)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void typesOfRamAndDevices() {
    for (CacheType type : CacheType.values()) {
      for (long address : new long[] {0xa0000, 0xf_f000, 0x10_0000, 0xfee0_0000L}) {
        boolean high = address >= 1 << 20;
        boolean unknown = type == CacheType.UNKNOWN || type == CacheType.NOT_ESTABLISHED;
        boolean cached = type == CacheType.WRITE_BACK;
        int kernel = LeafTraits.of(DIRECT_MAP, 3, WRITE);
        int user = LeafTraits.of(PROCESS, 7, USER | WRITE);
        assertThat(ids(DetectionRules.ofRange(kernel, address, true, type)))
            .isEqualTo(high && !cached && !unknown ? Set.of("ram-not-wb") : Set.of());
        Set<String> device = new HashSet<>();
        if (high && cached) {
          device.add("wb-to-device");
        }
        assertThat(ids(DetectionRules.ofRange(kernel, address, false, type))).isEqualTo(device);
        device.add("user-to-device");
        assertThat(ids(DetectionRules.ofRange(user, address, false, type))).isEqualTo(device);
      }
    }
  }

  @Test
  void typesAgainstTheKernelsRecord() {
    for (CacheType type : CacheType.values()) {
      for (CacheType recorded : CacheType.values()) {
        boolean differs =
            type != recorded
                && type != CacheType.UNKNOWN
                && recorded != CacheType.UNKNOWN
                && recorded != CacheType.NOT_ESTABLISHED;
        assertThat(ids(DetectionRules.ofRecord(false, type, recorded)))
            .isEqualTo(differs ? Set.of("memtype-differs") : Set.of());
        assertThat(DetectionRules.ofRecord(true, type, recorded)).isZero();
      }
    }
  }

  /** Isolation forbids execution in the kernel's copy of the top-level table alone. */
  @Test
  void isolationDoesNotHideExecutableUserMemory() {
    int leaf = LeafTraits.of(PROCESS, 7, USER | WRITE | NO_EXECUTE);
    assertThat(ids(DetectionRules.ofLeaf(leaf))).containsExactly("user-rwx");
  }

  @Test
  void aTableCountsAtTwoLevelsOnlyIfNamedRootsReachItAtBoth() {
    int twice = PageTraits.tableOf(1) | PageTraits.tableOf(3);
    assertThat(PageTraits.isTableAtTwoLevels(twice)).isTrue();
    assertThat(PageTraits.isTableAtTwoLevels(PageTraits.tableOf(2))).isFalse();
    assertThat(PageTraits.isTableAtTwoLevels(PageTraits.tableOf(2) | PageTraits.TABLE_BY_SHAPE))
        .isFalse();
  }

  @Test
  void idsAreThoseOfTheDocument() {
    assertThat(MappingDetection.values()).hasSize(19);
    for (MappingDetection detection : MappingDetection.values()) {
      assertThat(MappingDetection.of(detection.id())).contains(detection);
    }
    assertThat(MappingDetection.of("kernel-wx")).contains(MappingDetection.KERNEL_WX);
    assertThat(MappingDetection.of("")).isEmpty();
  }

  private static long[] rights() {
    long[] all = new long[8];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          ((i & 1) != 0 ? WRITE : 0) | ((i & 2) != 0 ? USER : 0) | ((i & 4) != 0 ? NO_EXECUTE : 0);
    }
    return all;
  }

  private static Set<String> ids(int result) {
    return MappingDetection.in(result).stream()
        .map(MappingDetection::id)
        .collect(Collectors.toSet());
  }
}
