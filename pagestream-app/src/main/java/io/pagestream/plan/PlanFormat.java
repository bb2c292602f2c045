package io.pagestream.plan;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.mapper.plan.ReadMethod;
import io.pagestream.mapper.plan.ReadPlan;
import io.pagestream.mapper.plan.ReadStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forms in which a plan is written. */
public final class PlanFormat {
  private static final int MOST_NAME = 48;

  private PlanFormat() {}

  /** Lines for a terminal, without control characters. */
  public static List<String> text(PlannedImage planned, boolean linux) {
    ReadPlan plan = planned.plan();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s of memory to read, in %d steps"
            .formatted(
                HostileText.printable(planned.image()),
                Quantities.bytes(plan.bytesRead()),
                plan.steps().stream().filter(step -> step.method() != ReadMethod.SKIP).count()));
    for (ReadStep step : plan.steps()) {
      String how = linux ? step.method().linux() : step.method().windows();
      lines.add(
          "  0x%012x - 0x%012x  %,12d pages  %s%s: %s"
              .formatted(
                  step.start(),
                  step.end() - 1,
                  step.pageCount(),
                  how.isEmpty() ? "skip" : how,
                  step.name().isEmpty()
                      ? ""
                      : " (" + HostileText.printable(step.name(), MOST_NAME) + ")",
                  step.why()));
    }
    planned.doubts().forEach(doubt -> lines.add("  DOUBT " + DoubtText.line(doubt)));
    planned
        .contradictions()
        .forEach(line -> lines.add("  contradiction " + HostileText.printable(line)));
    return lines;
  }

  /** A tree for JSON. */
  public static Map<String, Object> tree(PlannedImage planned) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("image", planned.image());
    tree.put("bytesRead", planned.plan().bytesRead());
    tree.put("steps", planned.plan().steps().stream().map(PlanFormat::tree).toList());
    tree.put(
        "physicalMemoryRanges",
        planned.plan().memoryRanges().stream()
            .map(range -> Map.of("baseAddress", range.base(), "numberOfBytes", range.bytes()))
            .toList());
    tree.put("doubts", planned.doubts().stream().map(DoubtText::line).toList());
    tree.put("contradictions", planned.contradictions());
    return tree;
  }

  private static Map<String, Object> tree(ReadStep step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("physicalAddress", step.start());
    tree.put("bytes", step.bytes());
    tree.put("read", step.method() != ReadMethod.SKIP);
    tree.put("windows", step.method().windows());
    tree.put("linux", step.method().linux());
    tree.put("why", step.why());
    tree.put("name", step.name());
    return tree;
  }

  /**
   * Lines {@code 0xBASE 0xBYTES}, one for each PHYSICAL_MEMORY_RANGE; {@code --windows-ranges}
   * reads them.
   */
  public static List<String> ranges(ReadPlan plan) {
    return plan.memoryRanges().stream()
        .map(range -> "0x%x 0x%x".formatted(range.base(), range.bytes()))
        .toList();
  }

  /** A table in C99. */
  public static List<String> c(ReadPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("#include <stdint.h>");
    lines.add("");
    lines.add(
        "enum read_method { READ_COPY, READ_MAP_CACHED, READ_MAP_WRITE_COMBINED, READ_SKIP };");
    lines.add("");
    lines.add("struct read_step {");
    lines.add("  uint64_t address;");
    lines.add("  uint64_t bytes;");
    lines.add("  enum read_method method;");
    lines.add("  const char *name;");
    lines.add("  const char *why;");
    lines.add("};");
    lines.add("");
    lines.add("static const struct read_step read_plan[] = {");
    for (ReadStep step : plan.steps()) {
      lines.add(
          "  {UINT64_C(0x%x), UINT64_C(0x%x), READ_%s, %s, %s},"
              .formatted(
                  step.start(),
                  step.bytes(),
                  step.method(),
                  literal(step.name()),
                  literal(step.why())));
    }
    lines.add("  {0, 0, READ_SKIP, 0, 0}");
    lines.add("};");
    lines.add("");
    lines.add("struct physical_memory_range {");
    lines.add("  uint64_t base_address;");
    lines.add("  uint64_t number_of_bytes;");
    lines.add("};");
    lines.add("");
    lines.add("static const struct physical_memory_range physical_memory_ranges[] = {");
    for (ReadPlan.MemoryRange range : plan.memoryRanges()) {
      lines.add("  {UINT64_C(0x%x), UINT64_C(0x%x)},".formatted(range.base(), range.bytes()));
    }
    lines.add("  {0, 0}");
    lines.add("};");
    return lines;
  }

  /** A string literal of printable ASCII; names come from hostile files. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), 100); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '?';
      literal.append(plain ? c : '_');
    }
    return literal.append('"').toString();
  }
}
