package io.pagestream.mapper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.call.CallJudge;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.CallTypes;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.MemoryView;
import io.pagestream.mapper.call.RangeView;
import io.pagestream.mapper.call.Routine;
import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
  @Test
  void memory_is_copied_devices_are_skipped_and_frame_buffers_are_combined() {
    List<AddressRange> ranges =
        List.of(
            range(0, 0x1000, RangeKind.FIRMWARE_RESERVED, CacheType.UNKNOWN),
            range(0x1000, 0xa0000, RangeKind.RAM, CacheType.UNKNOWN),
            range(0xa0000, 0xc0000, RangeKind.DEVICE, CacheType.UNCACHED),
            range(0xc0000, 0xd0000, RangeKind.FIRMWARE_RESERVED, CacheType.WRITE_PROTECTED),
            range(0x100000, 0x200000, RangeKind.RAM, CacheType.WRITE_BACK),
            range(0x200000, 0x300000, RangeKind.RAM, CacheType.WRITE_BACK),
            range(0x300000, 0x301000, RangeKind.ACPI, CacheType.UNKNOWN),
            range(0x400000, 0x500000, RangeKind.FRAME_BUFFER, CacheType.WRITE_COMBINING),
            range(0x500000, 0x600000, RangeKind.DEVICE, CacheType.WRITE_COMBINING),
            range(0x600000, 0x700000, RangeKind.FIRMWARE_RESERVED, CacheType.UNCACHED));

    ReadPlan plan = plan(ranges);

    assertThat(plan.steps())
        .extracting(ReadStep::method)
        .containsExactly(
            ReadMethod.SKIP,
            ReadMethod.COPY,
            ReadMethod.SKIP,
            ReadMethod.MAP_CACHED,
            ReadMethod.SKIP, // a hole
            ReadMethod.COPY, // two adjacent ranges
            ReadMethod.MAP_CACHED,
            ReadMethod.SKIP, // a hole
            ReadMethod.MAP_WRITE_COMBINED,
            ReadMethod.MAP_WRITE_COMBINED,
            ReadMethod.SKIP);
    assertThat(plan.steps()).allSatisfy(step -> assertThat(step.why()).isNotBlank());
    assertThat(plan.memoryRanges())
        .containsExactly(
            new ReadPlan.MemoryRange(0x1000, 0x9f000),
            new ReadPlan.MemoryRange(0x100000, 0x200000));
  }

  @Test
  void the_vgas_window_of_an_image_without_a_map_is_skipped() {
    ReadPlan plan = plan(List.of(range(0, 0x800_0000, RangeKind.UNKNOWN, CacheType.UNKNOWN)));
    assertThat(plan.memoryRanges())
        .containsExactly(
            new ReadPlan.MemoryRange(0, 0xa0000),
            new ReadPlan.MemoryRange(0xc0000, 0x800_0000 - 0xc0000));
  }

  /** The plan and the answers to calls agree: every step is granted by the system's rules. */
  @Test
  void every_step_is_granted_by_the_rules_of_windows() {
    long seed = Long.getLong("plan.seed", new Random().nextLong());
    System.out.println("ReadPlanTest: -Dplan.seed=" + seed);
    Random random = new Random(seed);
    RangeKind[] kinds = RangeKind.values();
    for (int i = 0; i < 200; i++) {
      List<AddressRange> ranges = new ArrayList<>();
      long at = 0;
      for (int n = 0; n < 20; n++) {
        long start = at + Pages.address((long) random.nextInt(3) * random.nextInt(100));
        long end = start + Pages.address(1 + random.nextInt(300));
        CacheType type =
            random.nextBoolean()
                ? CacheType.UNKNOWN
                : List.of(CacheType.values()).get(random.nextInt(8));
        ranges.add(range(start, end, kinds[random.nextInt(kinds.length)], type));
        at = end;
      }
      MemoryView view = view(ranges);
      long covered = ranges.getFirst().getPhysicalAddress();
      for (ReadStep step : plan(ranges).steps()) {
        assertThat(step.start()).isEqualTo(covered);
        covered = step.end();
        if (step.method() != ReadMethod.SKIP) {
          assertThat(isGranted(view, step)).as("%s in %s", step, ranges).isTrue();
        }
      }
      assertThat(covered).isEqualTo(at);
    }
  }

  private static boolean isGranted(MemoryView view, ReadStep step) {
    String[] call = step.method().windows().split(", ", 2);
    Routine routine = Routine.named(call[0]);
    CallResult result =
        CallJudge.judge(
                CachePolicies.named(CachePolicies.WINDOWS),
                view,
                List.of(
                    MappingCall.physical(
                        routine,
                        CallTypes.parse(routine, call[1]),
                        step.start(),
                        step.bytes(),
                        52)))
            .getFirst();
    return result.granted()
        && result.runs().stream().allMatch(run -> run.verdict().kind() == VerdictKind.MAPPED);
  }

  private static ReadPlan plan(List<AddressRange> ranges) {
    AddressRange last = ranges.getLast();
    return ReadPlan.of(
        view(ranges)
            .pages(
                ranges.getFirst().getPhysicalAddress(),
                last.getPhysicalAddress() + Pages.address(last.getPageCount())));
  }

  private static MemoryView view(List<AddressRange> ranges) {
    return new RangeView(RangeMap.of(ranges), (start, end) -> List.of(), (start, end) -> List.of());
  }

  private static AddressRange range(long start, long end, RangeKind kind, CacheType type) {
    return new AddressRange(
        start,
        Pages.frameNumber(end - start),
        kind,
        RangeProvenance.SIDE_FILE,
        type,
        false,
        "",
        "iomem");
  }
}
