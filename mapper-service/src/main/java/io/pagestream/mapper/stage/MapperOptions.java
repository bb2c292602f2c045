package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.schemas.stage.ImageMemory;
import java.time.Duration;

/**
 * Choices of the mapper.
 *
 * @param reader how pages are asked for, and the policy that judges
 * @param keepClosed how long an image's manifest and receipts outlive its end, by the wall clock:
 *     delivery is at least once, so its runs may come again after a crash
 */
public record MapperOptions(ReaderRule reader, Duration keepClosed) {
  /** The default profile; device memory is not read. */
  public static MapperOptions defaults() {
    return new MapperOptions(
        new ReaderRule(CachePolicies.named(CachePolicies.DEFAULT), false), ImageMemory.KEEP_CLOSED);
  }
}
