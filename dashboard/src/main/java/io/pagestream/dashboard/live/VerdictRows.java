package io.pagestream.dashboard.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.cases.store.VerdictRow;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of pages as rows of the store.
 *
 * @param rows the first ones by address
 * @param left spans behind them
 */
record VerdictRows(List<VerdictRow> rows, long left) {
  /**
   * Most spans of an image that a live case shows; memory of images is in a few ten thousand. The
   * finished case shows all.
   */
  static final int MOST = 500_000;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The spans of an image.
   *
   * @param most most rows
   */
  static VerdictRows of(VerdictStore verdicts, int most) {
    List<VerdictRow> rows = new ArrayList<>();
    long[] left = {0};
    verdicts.forEachSpan(span -> {
      if (rows.size() < most) {
        rows.add(row(span));
      } else {
        left[0]++;
      }
    });
    return new VerdictRows(rows, left[0]);
  }

  /** What is not shown; null if everything is. */
  @Nullable String remark() {
    if (left == 0) {
      return null;
    }
    return "A live case shows the verdicts of %,d spans of pages by address: those from 0x%x on, %,d spans, are shown when the case is finished and opened from its folder."
        .formatted(rows.size(), end(), left);
  }

  private long end() {
    VerdictRow last = rows.getLast();
    return last.physicalAddress() + last.pageCount() * Pages.SIZE;
  }

  private static VerdictRow row(PageSpan span) {
    Decision decided = span.decision();
    Mapping mapping = span.mapping();
    Mapping.ByShape byShape = mapping == null ? Mapping.ByShape.NOTHING : mapping.byShape();
    Unseen unseen = span.notAnalyzed();
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
        mapping == null ? null : alias(mapping.alias()),
        byShape.mappings(),
        byShape.cacheTypes().stream().map(Words::of).toList(),
        byShape.largePage(),
        byShape.pagingStructure(),
        unseen == null ? null : unseen.word());
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
    json.put("firstRootByShape", alias.firstRootByShape());
    json.put("secondRootByShape", alias.secondRootByShape());
    return json.toString();
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
