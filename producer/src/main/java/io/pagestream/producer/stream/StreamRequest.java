package io.pagestream.producer.stream;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.pagetable.PageTableOptions;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.schemas.avro.Doubt;
import java.util.List;

/**
 * An image to stream.
 *
 * @param imageId its deterministic id
 * @param name its name for people
 * @param image its pages
 * @param map what its physical addresses are
 * @param files its files, with what they hold
 * @param doubts what cannot be relied on besides what the image says by itself
 * @param pageTables how its page tables are read, before the first run
 */
public record StreamRequest(
    String imageId,
    String name,
    MemoryImage image,
    PhysicalMap map,
    SourceFiles files,
    List<Doubt> doubts,
    PageTableOptions pageTables) {
  /** Copies the list. */
  public StreamRequest {
    doubts = List.copyOf(doubts);
  }
}
