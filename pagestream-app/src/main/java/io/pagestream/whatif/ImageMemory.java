package io.pagestream.whatif;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.pagetable.SelectedMappings;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.MemoryView;
import io.pagestream.mapper.call.RangeView;
import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an image tells about selected pages; only its named page tables are read.
 *
 * @param memory the view
 * @param mappings the mappings of the pages
 */
public record ImageMemory(MemoryView memory, SelectedMappings mappings) {

  /** The pages of all ranges of the map. */
  public static MemoryView ofRanges(OpenedImage image) {
    Intervals.Builder builder = new Intervals.Builder();
    image
        .map()
        .ranges()
        .forEach(range -> builder.add(range.getPhysicalAddress(), PhysicalMap.endOf(range)));
    return of(image, OptionalLong.empty(), extents(builder)).memory();
  }

  static ImageMemory of(OpenedImage image, List<MappingCall> calls, OptionalLong root) {
    Intervals.Builder builder = new Intervals.Builder();
    calls.stream()
        .flatMap(call -> call.pages().stream())
        .filter(MappingCall.PagesOfCall::mapped)
        .sorted(Comparator.comparingLong(MappingCall.PagesOfCall::start))
        .forEach(pages -> builder.add(pages.start(), pages.end()));
    return of(image, root, extents(builder));
  }

  private static ImageMemory of(OpenedImage image, OptionalLong root, List<PhysicalExtent> pages) {
    SelectedMappings mappings = image.mappingsOf(root, pages);
    MemoryView memory =
        new RangeView(
            RangeMap.of(image.map().ranges()).withVgaWindow(),
            (start, end) ->
                image.extents().stream()
                    .filter(extent -> extent.endAddress() > start && extent.physicalAddress() < end)
                    .map(extent ->
                        new RangeView.Stretch(extent.physicalAddress(), extent.endAddress()))
                    .toList(),
            (start, end) ->
                mappings.pieces(start, end).stream()
                    .map(piece -> new RangeView.Mapped(piece.start(), piece.end(), piece.span()))
                    .toList());
    return new ImageMemory(memory, mappings);
  }

  private static List<PhysicalExtent> extents(Intervals.Builder builder) {
    return builder.list().stream()
        .map(interval ->
            new PhysicalExtent(
                interval.start(),
                Pages.frameNumber(interval.end() - interval.start()),
                RangeKind.UNKNOWN,
                RangeProvenance.UNKNOWN,
                ""))
        .toList();
  }
}
