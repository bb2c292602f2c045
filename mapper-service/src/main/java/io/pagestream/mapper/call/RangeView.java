package io.pagestream.mapper.call;

import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A view composed of a range map, the parts of it that an image has, and page-table facts. */
public final class RangeView implements MemoryView {
  private final RangeMap map;
  private final Held held;
  private final Tables tables;

  /** The pages that the image has. */
  public interface Held {
    /** The stretches of held pages that overlap {@code [start, end)}, ascending and disjoint. */
    List<Stretch> between(long start, long end);
  }

  /** Page-table facts. */
  public interface Tables {
    /** The stretches with facts that overlap {@code [start, end)}, ascending and disjoint. */
    List<Mapped> between(long start, long end);
  }

  /** Page-aligned addresses from {@code start} to {@code end}. */
  public record Stretch(long start, long end) {}

  /** Pages with equal page-table facts. */
  public record Mapped(long start, long end, MappingSpan span) {}

  /** Composes a view. */
  public RangeView(RangeMap map, Held held, Tables tables) {
    this.map = map;
    this.held = held;
    this.tables = tables;
  }

  @Override
  public List<Known> pages(long start, long end) {
    List<Stretch> inImage = held.between(start, end);
    List<Mapped> mapped = tables.between(start, end);
    TreeSet<Long> cuts = new TreeSet<>(List.of(start, end));
    for (int i = 0; i < map.size(); i++) {
      cuts.add(map.start(i));
      cuts.add(map.end(i));
    }
    inImage.forEach(each -> cuts.addAll(List.of(each.start(), each.end())));
    mapped.forEach(each -> cuts.addAll(List.of(each.start(), each.end())));
    List<Known> known = new ArrayList<>();
    int heldAt = 0;
    int mappedAt = 0;
    long from = start;
    for (long to : cuts.subSet(start, false, end, true)) {
      while (heldAt < inImage.size() && inImage.get(heldAt).end() <= from) {
        heldAt++;
      }
      while (mappedAt < mapped.size() && mapped.get(mappedAt).end() <= from) {
        mappedAt++;
      }
      boolean has = heldAt < inImage.size() && inImage.get(heldAt).start() <= from;
      @Nullable MappingSpan span =
          mappedAt < mapped.size() && mapped.get(mappedAt).start() <= from
              ? mapped.get(mappedAt).span()
              : null;
      int index = map.indexAt(from);
      @Nullable AddressRange range = index < 0 ? null : map.range(index);
      known.add(new Known(from, to, range, has, span));
      from = to;
    }
    return known;
  }
}
