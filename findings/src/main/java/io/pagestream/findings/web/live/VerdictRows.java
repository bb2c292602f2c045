package io.pagestream.findings.web.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.findings.store.VerdictRow;
import io.pagestream.findings.text.HostileText;
import io.pagestream.findings.text.Words;
import io.pagestream.findings.verdicts.Decision;
import io.pagestream.findings.verdicts.Mapping;
import io.pagestream.findings.verdicts.PageSpan;
import io.pagestream.findings.verdicts.VerdictStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans of pages as rows of the store. */
final class VerdictRows {
  /**
   * Most spans of an image that a live case shows; memory of images is in a few ten thousand. The
   * finished case shows all.
   */
  static final int MOST = 500_000;

  private static final JsonMapper JSON = new JsonMapper();

  private VerdictRows() {}

  static List<VerdictRow> of(VerdictStore verdicts) {
    List<VerdictRow> rows = new ArrayList<>();
    verdicts.forEachSpan(span -> {
      if (rows.size() < MOST) {
        rows.add(row(span));
      }
    });
    return rows;
  }

  private static VerdictRow row(PageSpan span) {
    Decision decided = span.decision();
    Mapping mapping = span.mapping();
    return new VerdictRow(
        span.physicalAddress(),
        span.pageCount(),
        Words.of(span.content()),
        Words.of(decided.verdict()),
        HostileText.wellFormed(decided.profile()),
        decided.row(),
        HostileText.wellFormed(decided.reason()),
        Words.of(decided.requested()),
        Words.of(decided.established()),
        Words.of(decided.granted()),
        Words.of(decided.rangeKind()),
        Words.of(decided.provenance()),
        decided.hazards().stream().map(HostileText::wellFormed).toList(),
        mapping == null ? null : mapping.mappings(),
        mapping == null ? List.of() : mapping.cacheTypes().stream().map(Words::of).toList(),
        mapping != null && mapping.largePage(),
        mapping != null && mapping.pagingStructure(),
        mapping == null ? null : alias(mapping.alias()));
  }

  private static @Nullable String alias(Mapping.@Nullable Alias alias) {
    if (alias == null) {
      return null;
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("firstVirtualAddress", hex(alias.firstVirtualAddress()));
    json.put("firstType", Words.of(alias.firstType()));
    json.put("firstRoot", hex(alias.firstRoot()));
    json.put("secondVirtualAddress", hex(alias.secondVirtualAddress()));
    json.put("secondType", Words.of(alias.secondType()));
    json.put("secondRoot", hex(alias.secondRoot()));
    return json.toString();
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
