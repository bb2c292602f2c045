package io.pagestream.kernel.record;

import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.kernelrecord.NamedRoot;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.KernelLogRanges;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.text.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Collects a kernel's records for the range map. With symbols and types: resources, MTRRs, PAT,
 * memory types and page-table roots; otherwise the e820 map and the PAT of its log.
 */
public final class RecordCollector {
  private final LinuxKernel kernel;
  private final Map<String, String> hints = new HashMap<>();
  private final List<Doubt> doubts = new ArrayList<>();

  private RecordCollector(LinuxKernel kernel) {
    this.kernel = kernel;
  }

  /** The records of a kernel. */
  public static KernelRecords of(LinuxKernel kernel) {
    return new RecordCollector(kernel).collect();
  }

  private KernelRecords collect() {
    boolean complete = kernel.symbols().isPresent() && kernel.layouts().isPresent();
    hints.put("kernel-records", title());
    return complete ? fromRecords() : fromLog();
  }

  private String title() {
    String release = kernel.info().release().map(text -> " " + text).orElse("");
    String symbols =
        kernel
            .symbols()
            .map(table -> "%d symbols".formatted(table.count()))
            .orElse("without symbols");
    String types = kernel.layouts().isPresent() ? "with types" : "without types";
    return "Linux%s, found by %s, %s, %s"
        .formatted(PrintableText.of(release, 80), kernel.foundBy(), symbols, types);
  }

  private KernelRecords fromRecords() {
    Recorded<IoResource> resources = noted("ranges", "iomem_resource", IoResources.read(kernel));
    Recorded<TrackedTypes.Entry> tracked =
        noted("memory-types", "memtype_rbroot", MemtypeTree.read(kernel));
    Optional<MtrrState> mtrr = register("mtrr", "mtrr_state", MtrrRecord::read);
    Optional<PatLayout> pat = register("pat", "__pte2cachemode_tbl", PatRecord::read);
    Recorded<NamedRoot> roots = noted("roots", "init_task.tasks", Tasks.roots(kernel));
    List<Claim> claims = IoResources.claims(resources.entries());
    List<RangeSource> sources =
        claims.isEmpty() ? List.of() : List.of(RangeSource.recorded("kernel-resources", claims));
    return new KernelRecords(
        sources,
        new CacheFacts(mtrr, pat),
        tracked.entries(),
        roots.entries(),
        hints,
        List.of(),
        doubts);
  }

  private KernelRecords fromLog() {
    List<String> lines = KernelLog.lines(KernelLog.read(kernel).entries());
    List<Claim> claims = KernelLogRanges.e820(lines);
    Optional<PatLayout> pat = KernelLogRanges.pat(lines);
    List<RangeSource> sources =
        claims.isEmpty() ? List.of() : List.of(RangeSource.recorded("kernel-log", claims));
    hints.put(
        "kernel-records.ranges", "%d ranges of the e820 map in the log".formatted(claims.size()));
    hints.put("kernel-records.pat", pat.isPresent() ? "log" : "none");
    return new KernelRecords(
        sources,
        new CacheFacts(Optional.empty(), pat),
        List.of(),
        List.of(new NamedRoot(kernel.memory().root(), "kernel", 0)),
        hints,
        List.of(),
        doubts);
  }

  private <T> Recorded<T> noted(String hint, String source, Recorded<T> recorded) {
    hints.put("kernel-records." + hint, "%d from %s".formatted(recorded.entries().size(), source));
    recorded.cut().ifPresent(why -> doubt(source, why));
    return recorded;
  }

  private <T> Optional<T> register(
      String hint, String source, Function<LinuxKernel, Optional<T>> reader) {
    try {
      Optional<T> value = reader.apply(kernel);
      hints.put("kernel-records." + hint, value.isPresent() ? source : "none");
      return value;
    } catch (DamagedRecordException e) {
      doubt(source, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void doubt(String source, String why) {
    doubts.add(
        DoubtReason.KERNEL_LIST_CUT.of(
            "the kernel's record %s is incomplete: %s; compare it with a sidecar, or ignore it with"
                    .formatted(source, why)
                + " --kernel-records off"));
  }
}
