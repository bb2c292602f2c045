package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Findings in the order of image, address, kind and id, each once. Valid until another finding is
 * added to its sorter or the sorter is closed.
 */
public final class SortedFindings {
  /** Chunks that are merged; one part follows the other. */
  private final List<List<Chunk>> parts;

  private final List<SortedMap<String, Long>> byKind;
  private final long count;

  SortedFindings(List<Chunk> chunks, List<SortedMap<String, Long>> byKind) {
    this(new Parts(List.of(List.copyOf(chunks))), byKind);
  }

  private SortedFindings(Parts parts, List<SortedMap<String, Long>> byKind) {
    this.parts = List.copyOf(parts.chunks());
    this.byKind = List.copyOf(byKind);
    this.count =
        byKind.stream().flatMap(kinds -> kinds.values().stream()).mapToLong(Long::longValue).sum();
  }

  private record Parts(List<List<Chunk>> chunks) {}

  /** The findings of several images, one image after the other. */
  public static SortedFindings inSequence(List<SortedFindings> images) {
    List<List<Chunk>> parts = new ArrayList<>();
    List<SortedMap<String, Long>> byKind = new ArrayList<>();
    for (SortedFindings image : images) {
      parts.addAll(image.parts);
      byKind.addAll(image.byKind);
    }
    return new SortedFindings(new Parts(parts), byKind);
  }

  /**
   * The same findings with their images in another order.
   *
   * @param order the current positions of the images in their new order
   * @throws IllegalStateException if they were not joined by {@link #inSequence} of single images
   */
  public SortedFindings inOrder(List<Integer> order) {
    if (parts.size() != byKind.size()) {
      throw new IllegalStateException("the findings of several images are in one part");
    }
    return new SortedFindings(
        new Parts(order.stream().map(parts::get).toList()),
        order.stream().map(byKind::get).toList());
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
      for (List<Chunk> part : parts) {
        try (Merge merge = new Merge(part, new Contradictions())) {
          for (FindingEntry entry = merge.next(); entry != null; entry = merge.next()) {
            receiver.accept(codec.decode(entry.encoded(), reuse));
          }
        }
      }
    });
  }
}
