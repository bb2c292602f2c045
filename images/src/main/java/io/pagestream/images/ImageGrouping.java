package io.pagestream.images;

import io.pagestream.images.container.Beginning;
import io.pagestream.images.format.kdump.SplitPart;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which files belong together. */
public final class ImageGrouping {
  private record Part(int index, Path file, SplitPart range) {}

  private record Group(int index, List<Path> files) {}

  private ImageGrouping() {}

  /**
   * Groups files into images: the parts of one split kdump, recognised by their headers, are one
   * image; every other file is one by itself. A dump may have been split more than once, into
   * different parts: each complete set of parts is an image, what is left over is another.
   *
   * @return the images in the order in which they were first named, each with its files in the
   *     order of their contents; what an incomplete set lacks, {@link MemoryImages#open} says
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static List<List<Path>> group(List<Path> files) {
    List<Group> groups = new ArrayList<>();
    Map<ByteBuffer, List<Part>> dumps = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      Optional<SplitPart> range = range(files.get(i));
      if (range.isPresent()) {
        dumps
            .computeIfAbsent(range.get().dump(), dump -> new ArrayList<>())
            .add(new Part(i, files.get(i), range.get()));
      } else {
        groups.add(new Group(i, List.of(files.get(i))));
      }
    }
    for (List<Part> parts : dumps.values()) {
      addSets(parts, groups);
    }
    return groups.stream().sorted(Comparator.comparingInt(Group::index)).map(Group::files).toList();
  }

  private static void addSets(List<Part> parts, List<Group> groups) {
    // An empty part goes before the one that begins at the same place.
    parts.sort(
        Comparator.comparingLong((Part part) -> part.range().startFrame())
            .thenComparing(part -> part.range().endFrame() > part.range().startFrame()));
    while (!parts.isEmpty()) {
      List<Part> set = completeSet(parts);
      if (set.isEmpty()) {
        set = List.copyOf(parts);
      }
      int index = set.stream().mapToInt(Part::index).min().orElseThrow();
      groups.add(new Group(index, set.stream().map(Part::file).toList()));
      parts.removeAll(set);
    }
  }

  /** Parts that follow each other from the first frame to the last; empty if there are none. */
  private static List<Part> completeSet(List<Part> sorted) {
    List<Part> set = new ArrayList<>();
    long end = 0;
    for (Part part : sorted) {
      if (part.range().startFrame() == end) {
        set.add(part);
        end = part.range().endFrame();
      }
    }
    boolean complete = !set.isEmpty() && end == set.getFirst().range().frameLimit();
    return complete ? set : List.of();
  }

  private static Optional<SplitPart> range(Path file) {
    try (ImageBytes beginning = Beginning.of(file)) {
      return SplitPart.of(beginning);
    }
  }
}
