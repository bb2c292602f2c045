package io.pagestream.mapper.call;

import static io.pagestream.mapper.call.TestMemory.BAR;
import static io.pagestream.mapper.call.TestMemory.FRAME_BUFFER;
import static io.pagestream.mapper.call.TestMemory.HOLE;
import static io.pagestream.mapper.call.TestMemory.RAM_END;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.WindowsOptions;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallJudgeTest {
  private static final int ALL_BITS = MappingCall.MOST_ADDRESS_BITS;

  @Test
  void a_call_is_judged_page_by_page_and_fails_as_a_whole() {
    MemoryView memory =
        TestMemory.machine()
            .map(0x5000, 0x6000, CacheType.WRITE_BACK)
            .table(0x6000)
            .map(0x7000, 0x8000, CacheType.NOT_ESTABLISHED)
            .view();

    CallResult result = mapIoSpace(memory, 0x5800, 0x2000, "MmCached");

    assertThat(result.runs()).extracting(run -> run.verdict().row()).containsExactly(5, 1, 4);
    assertThat(result.granted()).isFalse();
    assertThat(result.deciding().orElseThrow().start()).isEqualTo(0x6000);
    assertThat(result.call().pageCount()).isEqualTo(3); // 0x5800 to 0x77ff touches three pages
    assertThat(result.call().offset()).isEqualTo(0x800);
    assertThat(result.instead())
        .extracting(CallResult.Advice::call)
        .containsExactly("MmCopyMemory with MM_COPY_MEMORY_PHYSICAL");
  }

  @Test
  void a_range_that_starts_in_memory_and_ends_in_a_bar_is_judged_on_both_sides() {
    MemoryView memory = TestMemory.machine().map(BAR, BAR + 0x1000, CacheType.UNCACHED).view();

    CallResult cached = mapIoSpace(memory, RAM_END - 1, 2, "cached");
    CallResult uncached = mapIoSpace(memory, RAM_END - 1, 2, "uncached");

    assertThat(cached.granted()).isFalse();
    assertThat(cached.deciding().orElseThrow().verdict().row()).isEqualTo(9);
    assertThat(uncached.granted()).isTrue();
    assertThat(uncached.grantedTypes()).isEqualTo(Set.of(CacheType.WRITE_BACK, CacheType.UNCACHED));
    assertThat(cached.instead())
        .extracting(CallResult.Advice::call)
        .containsExactly("MmMapIoSpace with MmCached", "MmMapIoSpace with MmNonCached");
  }

  @Test
  void two_drivers_that_map_a_bar_with_different_types_conflict() {
    List<MappingCall> calls =
        List.of(
            physical(Routine.MM_MAP_IO_SPACE, "MmNonCached", BAR, 0x2000),
            physical(Routine.MM_MAP_IO_SPACE, "MmCached", BAR + 0x1000, 0x2000));

    List<CallResult> results = windows(TestMemory.machine().view(), calls);

    assertThat(results.get(0).granted()).isTrue();
    CallResult second = results.get(1);
    assertThat(second.granted()).isFalse();
    assertThat(second.runs()).extracting(run -> run.verdict().row()).containsExactly(9, 14);
    assertThat(second.runs().getFirst().by()).isEqualTo(CallResult.Establisher.EARLIER_CALL);
    assertThat(second.runs().getFirst().byCall()).isEqualTo(1);
    assertThat(second.runs().getFirst().established()).isEqualTo(CacheType.UNCACHED);
    CachePolicy allowing =
        CachePolicies.named("windows", new WindowsOptions(17134, IoConflict.ALLOW));
    List<CallResult> allowed =
        CallJudge.judge(
            allowing,
            TestMemory.machine().view(),
            Stream.of(calls, List.copyOf(calls)).flatMap(List::stream).toList());
    assertThat(allowed.get(1).granted()).isTrue();
    assertThat(allowed.get(3).runs().getFirst().verdict().hazards()).contains("cache-alias");
  }

  @Test
  void the_first_of_two_drivers_establishes_the_type_of_unmapped_memory() {
    MemoryView memory = TestMemory.machine().map(0, RAM_END, CacheType.NOT_ESTABLISHED).view();

    List<CallResult> results =
        windows(
            memory,
            List.of(
                physical(Routine.MM_MAP_IO_SPACE, "MmWriteCombined", 0x5000, 0x1000),
                physical(Routine.MM_MAP_IO_SPACE, "MmCached", 0x5000, 0x1000)));

    assertThat(results.get(0).runs().getFirst().verdict().row()).isEqualTo(4);
    assertThat(results.get(1).runs().getFirst().verdict().row()).isEqualTo(6);
    assertThat(results.get(1).grantedTypes()).isEqualTo(Set.of(CacheType.WRITE_COMBINING));
    assertThat(results.get(1).instead())
        .extracting(CallResult.Advice::call)
        .containsExactly("MmMapIoSpace with MmWriteCombined");
  }

  @Test
  void refused_calls_and_copies_establish_nothing() {
    MemoryView memory =
        TestMemory.machine().map(0, 0x6000, CacheType.NOT_ESTABLISHED).table(0x6000).view();
    List<CallResult> results =
        windows(
            memory,
            List.of(
                physical(Routine.MM_MAP_IO_SPACE, "MmNonCached", 0x5000, 0x2000),
                physical(Routine.MM_COPY_MEMORY, "physical", 0x5000, 0x1000),
                physical(Routine.MM_MAP_IO_SPACE, "MmCached", 0x5000, 0x1000)));

    assertThat(results.get(0).granted()).isFalse();
    assertThat(results.get(1).granted()).isTrue();
    assertThat(results.get(2).runs().getFirst().verdict().row()).isEqualTo(4);
  }

  @Test
  void mm_copy_memory_stops_before_what_is_no_memory() {
    CallResult result =
        windows(
                TestMemory.machine().view(),
                List.of(physical(Routine.MM_COPY_MEMORY, "physical", RAM_END - 0x1800, 0x3000)))
            .getFirst();

    assertThat(result.granted()).isFalse();
    assertThat(result.bytesBeforeRefusal()).isEqualTo(0x1800);
    assertThat(result.runs()).extracting(run -> run.verdict().row()).containsExactly(23, 22);
  }

  @Test
  void locked_pages_keep_their_type_and_are_not_in_danger() {
    MemoryView memory =
        TestMemory.machine()
            .map(0x5000, 0x6000, CacheType.WRITE_BACK)
            .map(0x6000, 0x7000, CacheType.NOT_ESTABLISHED)
            .large(0x20_0000, 0x40_0000)
            .view();

    CallResult small = locked(memory, 0x5000, 0x2000, "MmWriteCombined");
    CallResult large = locked(memory, 0x20_0000, 0x1000, "MmNonCached");
    CallResult device = locked(memory, BAR, 0x1000, "MmNonCached");

    assertThat(small.runs()).extracting(run -> run.verdict().row()).containsExactly(27, 25);
    assertThat(small.grantedTypes())
        .isEqualTo(Set.of(CacheType.WRITE_BACK, CacheType.WRITE_COMBINING));
    assertThat(large.runs().getFirst().verdict().row()).isEqualTo(24);
    assertThat(large.runs().getFirst().verdict().kind()).isEqualTo(VerdictKind.OVERRIDDEN);
    assertThat(mapIoSpace(memory, 0x20_0000, 0x1000, "MmNonCached").granted()).isFalse();
    assertThat(device.runs().getFirst().verdict().row()).isEqualTo(14);
    assertThat(Stream.of(small, large, device).flatMap(result -> result.runs().stream()))
        .allSatisfy(run -> assertThat(run.verdict().hazards()).doesNotContain("unlocked"));
    assertThat(locked(memory, 0x5000, 1, "6").runs().getFirst().verdict().row()).isZero();
  }

  @Test
  void the_protection_of_mm_map_io_space_ex_is_its_type() {
    MemoryView memory = TestMemory.machine().map(BAR, BAR + 0x1000, CacheType.UNCACHED).view();

    assertThat(ex(memory, "PAGE_READWRITE|PAGE_NOCACHE").runs().getFirst().verdict().row())
        .isEqualTo(8);
    assertThat(ex(memory, "0x204").granted()).isTrue();
    assertThat(ex(memory, "PAGE_READONLY").granted()).isFalse();
    for (String wrong : List.of("0", "PAGE_NOCACHE", "0x6", "0x604", "0x1", "0x104", "0x804")) {
      assertThat(ex(memory, wrong).runs().getFirst().verdict().row()).as(wrong).isEqualTo(20);
    }
  }

  @Test
  void ioremap_refuses_memory_and_memremap_returns_the_direct_map() {
    MemoryView memory = TestMemory.machine().map(0x20_0000, 0x20_1000, CacheType.WRITE_BACK).view();

    assertThat(row(memory, Routine.IOREMAP, "ioremap_cache", 0x20_0000)).isEqualTo(20);
    assertThat(row(memory, Routine.MEMREMAP, "MEMREMAP_WB", 0x20_0000)).isEqualTo(23);
    assertThat(row(memory, Routine.MEMREMAP, "MEMREMAP_WC", 0x20_0000)).isEqualTo(24);
    assertThat(row(memory, Routine.MEMREMAP, "uncached", BAR)).isEqualTo(21);
    assertThat(row(memory, Routine.MEMREMAP, "MEMREMAP_WC", FRAME_BUFFER)).isEqualTo(9);
    assertThat(row(memory, Routine.IOREMAP, "ioremap", BAR)).isEqualTo(9);
    CallResult mixed =
        linux(memory, List.of(physical(Routine.MEMREMAP, "MEMREMAP_WB", RAM_END - 1, 2)));
    assertThat(mixed.runs()).extracting(run -> run.verdict().row()).containsOnly(22);
    // System RAM below 1 MiB too; the ISA window is granted write-back only where it is no memory.
    assertThat(row(memory, Routine.IOREMAP, "ioremap", 0x5000)).isEqualTo(20);
  }

  @Test
  void what_is_impossible_is_answered_without_pages() {
    MemoryView memory = TestMemory.machine().view();

    assertThat(mapIoSpace(memory, 0x1000, 0, "cached").problem()).contains("the length is 0");
    assertThat(mapIoSpace(memory, -0x1000, 0x2000, "cached").problem().orElseThrow())
        .contains("wraps");
    assertThat(mapIoSpace(memory, (1L << 52) - 1, 2, "cached").problem().orElseThrow())
        .contains("MAXPHYADDR");
    assertThat(mapIoSpace(memory, (1L << 52) - 1, 1, "cached").granted()).isTrue();
    assertThat(mapIoSpace(memory, -1, 1, "cached").problem().orElseThrow()).contains("MAXPHYADDR");
    CallResult narrow =
        windows(
                memory,
                List.of(
                    MappingCall.physical(
                        Routine.MM_MAP_IO_SPACE,
                        CallTypes.parse(Routine.MM_MAP_IO_SPACE, "cached"),
                        1L << 36,
                        1,
                        36)))
            .getFirst();
    assertThat(narrow.granted()).isFalse();
    assertThat(narrow.problem().orElseThrow()).contains("36 bits");
  }

  @Test
  void a_hole_and_an_absent_page_are_judged_too() {
    CallResult hole = mapIoSpace(TestMemory.machine().view(), HOLE, 0x1000, "uncached");
    CallResult absent = mapIoSpace(TestMemory.machine().view(), FRAME_BUFFER, 0x1000, "cached");

    assertThat(hole.granted()).isTrue();
    assertThat(hole.runs().getFirst().known().range()).isNull();
    assertThat(absent.runs().getFirst().known().inImage()).isFalse();
    assertThat(absent.instead())
        .extracting(CallResult.Advice::call)
        .containsExactly("MmMapIoSpace with MmWriteCombined");
  }

  /**
   * A write-through mapping of a device is a cached one in Windows' terms, so no other is advised.
   */
  @Test
  void what_is_cached_already_may_be_mapped_cached() {
    MemoryView memory = TestMemory.machine().map(BAR, BAR + 0x1000, CacheType.WRITE_THROUGH).view();
    assertThat(mapIoSpace(memory, BAR, 1, "cached").instead()).isEmpty();
    assertThat(mapIoSpace(memory, HOLE, 1, "cached").instead())
        .extracting(CallResult.Advice::call)
        .containsExactly("MmMapIoSpace with MmNonCached");
  }

  @Test
  void virtual_addresses_without_a_page_are_refused() {
    MappingCall call =
        new MappingCall(
            Routine.MM_COPY_MEMORY,
            CallTypes.parse(Routine.MM_COPY_MEMORY, "virtual"),
            0x7000_0800L,
            0x3000,
            ALL_BITS,
            true,
            List.of(
                new MappingCall.PagesOfCall(0x5000, 0x6000, true),
                new MappingCall.PagesOfCall(0x7000_1000L, 0x7000_2000L, false),
                new MappingCall.PagesOfCall(0x5000, 0x7000, true)));

    CallResult result = windows(TestMemory.machine().view(), List.of(call)).getFirst();

    assertThat(result.runs()).extracting(run -> run.verdict().row()).containsExactly(23, 101, 23);
    assertThat(result.bytesBeforeRefusal()).isEqualTo(0x800);
    assertThat(result.granted()).isFalse();
  }

  /** Whatever the call, its runs cover its pages, and they decide its result. */
  @Test
  void the_runs_of_any_call_cover_its_pages_in_order() {
    long seed = Long.getLong("call.seed", new Random().nextLong());
    System.out.println("CallJudgeTest: -Dcall.seed=" + seed);
    Random random = new Random(seed);
    MemoryView memory =
        TestMemory.machine()
            .map(0x5000, 0x9000, CacheType.WRITE_COMBINING)
            .table(0x9000)
            .large(0x20_0000, 0x40_0000)
            .map(BAR, BAR + 0x3000, CacheType.UNCACHED)
            .view();
    List<Routine> routines = List.of(Routine.values());
    for (int i = 0; i < 2000; i++) {
      Routine routine = routines.get(random.nextInt(routines.size()));
      List<CallType> types = CallTypes.choices(routine);
      CallType type = types.get(random.nextInt(types.size()));
      long address = random.nextLong(HOLE + 0x10_0000);
      long length = 1 + random.nextLong(1L << (1 + random.nextInt(26)));
      MappingCall call = MappingCall.physical(routine, type, address, length, ALL_BITS);
      CachePolicy policy = CachePolicies.named(routine.profile());
      CallResult result = CallJudge.judge(policy, memory, List.of(call)).getFirst();
      long at = Pages.floor(address);
      for (CallResult.Run run : result.runs()) {
        assertThat(run.start()).isEqualTo(at);
        assertThat(run.end()).isGreaterThan(run.start());
        at = run.end();
      }
      assertThat(at).isEqualTo(Pages.ceil(address + length));
      assertThat(result.granted())
          .isEqualTo(
              result.runs().stream().noneMatch(run -> run.verdict().kind() == VerdictKind.REFUSED));
    }
  }

  private static CallResult mapIoSpace(MemoryView memory, long address, long length, String type) {
    return windows(memory, List.of(physical(Routine.MM_MAP_IO_SPACE, type, address, length)))
        .getFirst();
  }

  private static CallResult locked(MemoryView memory, long address, long length, String type) {
    return windows(memory, List.of(physical(Routine.MM_MAP_LOCKED_PAGES, type, address, length)))
        .getFirst();
  }

  private static CallResult ex(MemoryView memory, String protect) {
    return windows(memory, List.of(physical(Routine.MM_MAP_IO_SPACE_EX, protect, BAR, Pages.SIZE)))
        .getFirst();
  }

  private static int row(MemoryView memory, Routine routine, String type, long address) {
    return linux(memory, List.of(physical(routine, type, address, Pages.SIZE)))
        .runs()
        .getFirst()
        .verdict()
        .row();
  }

  private static MappingCall physical(Routine routine, String type, long address, long length) {
    return MappingCall.physical(routine, CallTypes.parse(routine, type), address, length, ALL_BITS);
  }

  private static List<CallResult> windows(MemoryView memory, List<MappingCall> calls) {
    return CallJudge.judge(CachePolicies.named(CachePolicies.WINDOWS), memory, calls);
  }

  private static CallResult linux(MemoryView memory, List<MappingCall> calls) {
    return CallJudge.judge(CachePolicies.named(CachePolicies.LINUX), memory, calls).getFirst();
  }
}
