package io.pagestream.images.format.ewf;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the chunks of a set are, over all of its files. */
final class EwfChunks {
  private final EwfVolume volume;
  private final List<EwfTable> tables = new ArrayList<>();
  private final List<Long> firsts = new ArrayList<>();
  private final List<DoubtfulBytes> doubts = new ArrayList<>();
  private long next;

  /** A chunk and its file. */
  record Found(ImageBytes file, EwfTable.Place place) {}

  /**
   * Numbers the chunks of the files.
   *
   * @param files sorted by number, each once
   * @throws PagestreamException IMAGE_INCOMPLETE_SET if the positions of chunks cannot be
   *     determined
   */
  EwfChunks(EwfVolume volume, List<EwfSegmentFile> files) {
    this.volume = volume;
    long present = files.stream().mapToLong(EwfSegmentFile::chunks).sum();
    long missing = Math.max(0, volume.chunks() - present);
    requirePositions(files);
    int expected = 1;
    for (EwfSegmentFile file : files) {
      if (file.number() != expected) {
        lose(missing, "files %d to %d of the EWF set".formatted(expected, file.number() - 1));
        missing = 0;
      }
      for (EwfTable table : file.tables()) {
        firsts.add(next);
        tables.add(table);
        next += table.count();
      }
      expected = file.number() + 1;
    }
    if (missing > 0) {
      boolean whole = files.getLast().isLast();
      lose(
          missing,
          whole
              ? "chunks of the EWF image"
              : "files from %d on of the EWF set".formatted(expected));
    }
  }

  /** How many chunks each of several missing stretches has is not known. */
  private static void requirePositions(List<EwfSegmentFile> files) {
    int expected = 1;
    int gaps = files.getLast().isLast() ? 0 : 1;
    for (EwfSegmentFile file : files) {
      gaps += file.number() == expected ? 0 : 1;
      expected = file.number() + 1;
    }
    // The files from the first on are in their place even if the last ones are missing.
    if (gaps > 1) {
      throw PagestreamException.inFile(
          ErrorCode.IMAGE_INCOMPLETE_SET,
          files.getFirst().bytes().name(),
          "is file %d of an EWF set of which more than one stretch of files is missing: the positions of the others are unknown"
              .formatted(files.getFirst().number()),
          "give all files of the set (.E01, .E02, ...)");
    }
  }

  private void lose(long chunks, String what) {
    long offset = next * volume.chunkBytes();
    doubts.add(
        new DoubtfulBytes(
            DoubtReason.UNREADABLE,
            offset,
            chunks * volume.chunkBytes(),
            "%s are missing, with %,d bytes of the image; give all files of the set (.E01, .E02, ...)"
                .formatted(what, chunks * volume.chunkBytes())));
    next += chunks;
  }

  /** Doubts about missing chunks, with offsets in the medium. */
  List<DoubtfulBytes> doubts() {
    return doubts;
  }

  /** The place of a chunk; empty if it is missing or its entry is damaged. */
  Optional<Found> find(long number) {
    int low = 0;
    int high = firsts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firsts.get(middle) <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (firsts.isEmpty() || number < firsts.get(low)) {
      return Optional.empty();
    }
    EwfTable table = tables.get(low);
    long index = number - firsts.get(low);
    return index < table.count()
        ? table.place((int) index).map(place -> new Found(table.file(), place))
        : Optional.empty();
  }
}
