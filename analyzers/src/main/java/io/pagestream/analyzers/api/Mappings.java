package io.pagestream.analyzers.api;

import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The information in the image's own page tables about the pages of a run. Also covers pages
 * without bytes and pages whose bytes are withheld. Offsets count from the run's first byte.
 *
 * @param physicalAddress address of the run's first byte
 * @param pageCount pages of the run
 * @param before the information about the page before the run, if it is known
 * @param spans cover the pages of the run in order
 */
public record Mappings(
    long physicalAddress, int pageCount, @Nullable MappingSpan before, List<MappingSpan> spans)
    implements View {
  @Override
  public boolean owns(int offset) {
    return offset >= 0 && offset < Pages.address(pageCount);
  }

  /** A region may be longer than the run in which it starts. */
  @Override
  public boolean mayHold(int offset, int length) {
    return owns(offset) && length > 0;
  }

  @Override
  public Location locationOf(int offset) {
    return Location.physical(physicalAddress + offset);
  }
}
