package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.stages.image.ImageMemory;
import java.time.Duration;
import java.util.SortedMap;

/**
 * Options of the mapper.
 *
 * @param reader determines how pages are requested, and the policy that judges them
 * @param skipRefused whether the bytes of refused pages are removed from the runs, so that they are
 *     not analyzed. Otherwise a verdict is a label, and every byte in the image is analyzed
 * @param keepClosed how long an image's manifest and receipts are kept after its end, by the wall
 *     clock: delivery is at least once, so its runs may be delivered again after a crash
 */
public record MapperOptions(ReaderRule reader, boolean skipRefused, Duration keepClosed) {
  /** Name of the setting in {@link #choices()}. */
  public static final String SKIP_REFUSED = "skip-refused";

  /** The default profile; device memory is not read. */
  public static MapperOptions defaults() {
    return new MapperOptions(
        new ReaderRule(CachePolicies.named(CachePolicies.DEFAULT), false),
        false,
        ImageMemory.KEEP_CLOSED);
  }

  /** The effective settings, by the names of the options. */
  public SortedMap<String, String> choices() {
    SortedMap<String, String> choices = reader.choices();
    choices.put(SKIP_REFUSED, Boolean.toString(skipRefused));
    return choices;
  }
}
