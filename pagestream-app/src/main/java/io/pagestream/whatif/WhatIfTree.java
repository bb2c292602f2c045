package io.pagestream.whatif;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.explain.PolicyRow;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.text.Words;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer as plain values, for JSON. Addresses of calls are hex text, because they may exceed
 * what JSON numbers hold; those of runs are numbers.
 */
public final class WhatIfTree {
  private WhatIfTree() {}

  /** The answer as a tree. */
  public static Map<String, Object> of(WhatIf answer, PolicyRows rows) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("image", answer.image());
    tree.put("profile", answer.policy().name());
    tree.put("choices", answer.policy().choices());
    answer
        .mappings()
        .ifPresent(mappings -> {
          tree.put("pageTables", mappings.state());
          tree.put("roots", mappings.roots().stream().map(WhatIfTree::hex).toList());
          tree.put("warnings", mappings.warnings());
        });
    tree.put("calls", answer.results().stream().map(result -> call(answer, result, rows)).toList());
    tree.put("doubts", answer.doubts().stream().map(DoubtText::line).toList());
    tree.put("contradictions", answer.contradictions());
    return tree;
  }

  private static Map<String, Object> call(WhatIf answer, CallResult result, PolicyRows rows) {
    MappingCall call = result.call();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("number", result.number());
    tree.put("call", call.routine().title());
    tree.put(call.virtual() ? "virtualAddress" : "physicalAddress", hex(call.address()));
    tree.put("length", Long.toUnsignedString(call.length()));
    tree.put("type", call.type().title());
    tree.put("pageCount", call.pageCount());
    tree.put("granted", result.granted());
    tree.put("returns", ReturnValue.value(result));
    tree.put("result", ReturnValue.sentence(result));
    tree.put("problem", result.problem().orElse(""));
    tree.put("refusedAt", result.deciding().map(run -> hex(run.start())).orElse(""));
    tree.put(
        "grantedTypes",
        result.granted() ? result.grantedTypes().stream().map(Words::of).toList() : List.of());
    tree.put("runs", result.runs().stream().map(run -> run(answer, run, rows)).toList());
    tree.put("instead", result.instead().stream().map(WhatIfTree::advice).toList());
    return tree;
  }

  private static Map<String, Object> run(WhatIf answer, CallResult.Run run, PolicyRows rows) {
    Map<String, Object> tree = new LinkedHashMap<>();
    boolean mapped = run.verdict().row() != CallResult.NOT_MAPPED_ROW;
    tree.put(mapped ? "physicalAddress" : "virtualAddress", run.start());
    tree.put("pageCount", run.pageCount());
    AddressRange range = run.known().range();
    tree.put("rangeKind", range == null ? "hole" : Words.of(range.getKind()));
    tree.put("provenance", range == null ? "" : Words.of(range.getProvenance()));
    tree.put("source", range == null ? "" : range.getSource());
    tree.put("name", range == null ? "" : range.getName());
    tree.put("inImage", run.known().inImage());
    MappingSpan tables = run.known().tables();
    tree.put("largePage", tables != null && tables.getLargePage());
    tree.put("pagingStructure", tables != null && tables.getPagingStructure());
    tree.put("established", Words.of(run.established()));
    tree.put("establishedBy", Words.of(run.by()));
    tree.put("establishedByCall", run.byCall());
    tree.put("establishedDetail", EstablishedBy.sentence(run, answer.mappings()));
    tree.put("verdict", Words.of(run.verdict().kind()));
    tree.put("requested", Words.of(run.verdict().requested()));
    tree.put("granted", Words.of(run.verdict().granted()));
    tree.put("reason", run.verdict().reason());
    tree.put("row", run.verdict().row());
    PolicyRow row = rows.row(answer.policy().name(), run.verdict().row()).orElse(null);
    tree.put("condition", row == null ? "" : row.condition());
    tree.put("hazards", run.verdict().hazards());
    return tree;
  }

  private static Map<String, Object> advice(CallResult.Advice advice) {
    return Map.of(
        "physicalAddress", advice.start(),
        "end", advice.end(),
        "call", advice.call(),
        "why", advice.why());
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
