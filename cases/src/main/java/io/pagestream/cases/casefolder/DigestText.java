package io.pagestream.cases.casefolder;

import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.avro.ImageFile;
import java.util.List;
import java.util.stream.Collectors;

/** The SHA-256 of a file as text, with the unreadable ranges that it does not cover. */
final class DigestText {
  private static final int MOST_RANGES = 4;

  private DigestText() {}

  static String of(ImageFile file) {
    if (file.getSha256() == null) {
      return "unknown";
    }
    List<ByteRange> unreadable = file.getUnreadable();
    if (unreadable.isEmpty()) {
      return file.getSha256();
    }
    String ranges =
        unreadable.stream()
            .limit(MOST_RANGES)
            .map(range ->
                "0x%x-0x%x".formatted(range.getOffset(), range.getOffset() + range.getLength()))
            .collect(Collectors.joining(", "));
    int more = unreadable.size() - MOST_RANGES;
    return file.getSha256()
        + " without "
        + ranges
        + (more > 0 ? " and %d more ranges".formatted(more) : "");
  }
}
