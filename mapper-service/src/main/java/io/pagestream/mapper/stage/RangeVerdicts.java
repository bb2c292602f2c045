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
 * The verdicts on the pages of a range, one for each thing that page tables can say of them. Each
 * is computed once, when it is first needed, and used for all pages with the same facts. For one
 * thread.
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

  /** The verdict where page tables say nothing. */
  Verdict silent() {
    return silent;
  }

  /** The verdict on pages of which the image's page tables say something; null: nothing. */
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

  /** All that decides of a span, as a number. */
  @SuppressWarnings("EnumOrdinal") // an index into an array of this object, nothing that lasts
  private static int index(MappingSpan tables) {
    return tables.getEstablished().ordinal() << 3
        | (tables.getLargePage() ? 4 : 0)
        | (tables.getPagingStructure() ? 2 : 0)
        | (MappedTypes.disagree(tables) ? 1 : 0);
  }
}
