package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.MappedTypes;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts for the pages of a range, one for each possible combination of page-table
 * information. Each is computed once, when it is first needed, and used for all pages with the same
 * facts. Confined to one thread.
 */
final class RangeVerdicts {
  private static final int TYPES = CacheType.values().length;

  private final ReaderRule reader;
  private final AddressRange range;
  private final Verdict silent;
  private @Nullable Verdict @Nullable [] byTables;

  RangeVerdicts(ReaderRule reader, AddressRange range) {
    this.reader = reader;
    this.range = range;
    this.silent = reader.judge(range, range.getPhysicalAddress(), Pages.SIZE);
  }

  /** The verdict without page-table information. */
  Verdict silent() {
    return silent;
  }

  /** The verdict for pages with page-table information; null if there is none. */
  Verdict of(@Nullable MappingSpan tables) {
    if (tables == null) {
      return silent;
    }
    @Nullable Verdict[] known = byTables;
    if (known == null) {
      known = new @Nullable Verdict[TYPES << 3];
      byTables = known;
    }
    int index = index(tables);
    Verdict verdict = known[index];
    if (verdict == null) {
      verdict = reader.judgePage(range, tables, range.getPhysicalAddress());
      known[index] = verdict;
    }
    return verdict;
  }

  /** The deciding properties of a span, as a number. */
  @SuppressWarnings("EnumOrdinal") // an index into an array of this object, not stored anywhere
  private static int index(MappingSpan tables) {
    return tables.getEstablished().ordinal() << 3
        | (tables.getLargePage() ? 4 : 0)
        | (tables.getPagingStructure() ? 2 : 0)
        | (MappedTypes.disagree(tables) ? 1 : 0);
  }
}
