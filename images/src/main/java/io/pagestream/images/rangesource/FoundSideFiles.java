package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sidecars that are next to an image by their names. A sidecar that cannot be used is skipped
 * with a doubt: a file that was not given explicitly must not prevent the analysis of an image.
 *
 * @param usable those that can be read
 * @param doubts one for each that cannot
 */
public record FoundSideFiles(SideFiles usable, List<Doubt> doubts) {
  /** No files were searched for. */
  public static final FoundSideFiles NONE = new FoundSideFiles(SideFiles.NONE, List.of());

  /** Copies the list. */
  public FoundSideFiles {
    doubts = List.copyOf(doubts);
  }

  /** Tries each file by itself. */
  public static FoundSideFiles of(SideFiles found) {
    FoundSideFiles all = new FoundSideFiles(found, List.of());
    for (Map.Entry<SideFileKind, Path> file : found.all()) {
      try {
        var _ = SideFileReader.read(SideFiles.NONE.with(file.getKey(), file.getValue()));
      } catch (PagestreamException e) {
        all = all.without(file.getKey(), file.getValue(), e);
      }
    }
    return all;
  }

  private FoundSideFiles without(SideFileKind kind, Path file, PagestreamException why) {
    List<Doubt> more = new ArrayList<>(doubts);
    more.add(
        DoubtReason.SIDECAR_FOUND.of(
            "the sidecar %s was found by its name and is not used: %s; correct it, or ignore it with --ignore-sidecars (it would be --%s)"
                .formatted(file.getFileName(), why.getMessage(), kind.word())));
    return new FoundSideFiles(usable.without(file), more);
  }
}
