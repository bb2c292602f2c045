package io.pagestream.images.conversion;

import io.pagestream.images.memory.PageCounts;
import io.pagestream.images.writing.Losses;
import io.pagestream.schemas.avro.Doubt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of a conversion.
 *
 * @param pages pages of the source; the stored ones are in the new file
 * @param bytes length of the new file
 * @param sha256 SHA-256 of the new file, lower-case hex
 * @param sidecar the sidecar that was written beside it
 * @param doubts doubts about the source
 * @param losses what the format does not carry
 */
public record ConvertedImage(
    PageCounts pages,
    long bytes,
    String sha256,
    Optional<Path> sidecar,
    List<Doubt> doubts,
    Losses losses) {
  /** Copies the list. */
  public ConvertedImage {
    doubts = List.copyOf(doubts);
  }
}
