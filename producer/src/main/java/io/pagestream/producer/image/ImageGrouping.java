package io.pagestream.producer.image;

import io.pagestream.producer.container.Beginning;
import io.pagestream.producer.format.kdump.SplitPart;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which files belong together. */
public final class ImageGrouping {
  private record Member(Path file, long startFrame) {}

  private ImageGrouping() {}

  /**
   * Groups files into images: the parts of one split kdump, recognised by their headers, are one
   * image; every other file is one by itself.
   *
   * @return the images in the order in which they were first named, each with its files in the
   *     order of their contents; whether a split dump is complete, {@link MemoryImages#open} says
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static List<List<Path>> group(List<Path> files) {
    Map<Object, List<Member>> groups = new LinkedHashMap<>();
    Map<ByteBuffer, Object> dumps = new HashMap<>();
    for (Path file : files) {
      Optional<SplitPart> part = part(file);
      Object key =
          part.isPresent()
              ? dumps.computeIfAbsent(part.get().dump(), dump -> new Object())
              : new Object();
      long start = part.map(SplitPart::startFrame).orElse(0L);
      groups.computeIfAbsent(key, dump -> new ArrayList<>()).add(new Member(file, start));
    }
    return groups.values().stream().map(ImageGrouping::inOrder).toList();
  }

  private static Optional<SplitPart> part(Path file) {
    try (ImageBytes beginning = Beginning.of(file)) {
      return SplitPart.of(beginning);
    }
  }

  private static List<Path> inOrder(List<Member> members) {
    return members.stream()
        .sorted(Comparator.comparingLong(Member::startFrame))
        .map(Member::file)
        .toList();
  }
}
