package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Findings in the order of image, physical address, kind and id, each once. Valid until another
 * finding is added to its sorter or the sorter is closed.
 */
public final class SortedFindings {
  private final List<Chunk> chunks;
  private final List<SortedMap<String, Long>> byKind;
  private final long count;

  SortedFindings(List<Chunk> chunks, List<SortedMap<String, Long>> byKind) {
    this.chunks = List.copyOf(chunks);
    this.byKind = byKind;
    this.count =
        byKind.stream().flatMap(kinds -> kinds.values().stream()).mapToLong(Long::longValue).sum();
  }

  /** Number of findings. */
  public long count() {
    return count;
  }

  /** Findings by kind of the image at a position among those of the case. */
  public SortedMap<String, Long> byKind(int image) {
    return byKind.get(image);
  }

  /**
   * Delivers all findings in order. The record is reused for the next one, so the receiver must not
   * keep it.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if a temporary file cannot be read
   */
  public void forEach(Consumer<Finding> receiver) {
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    Finding reuse = new Finding();
    Scratch.run(() -> {
      try (Merge merge = new Merge(chunks, new Contradictions())) {
        for (FindingEntry entry = merge.next(); entry != null; entry = merge.next()) {
          receiver.accept(codec.decode(entry.encoded(), reuse));
        }
      }
    });
  }
}
