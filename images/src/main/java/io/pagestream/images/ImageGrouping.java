package io.pagestream.images;

import io.pagestream.images.container.Beginning;
import io.pagestream.images.format.ImagePart;
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
import java.util.function.Function;

/** Determines which files belong together. */
public final class ImageGrouping {
  private record Part(int index, Path file, ImagePart place) {}

  private record Group(int index, List<Path> files) {}

  private ImageGrouping() {}

  /**
   * Groups files into images: the parts of a split image, recognized by their headers, form one
   * image; every other file is a separate image. An image may have been split more than once, into
   * different parts: each complete set of parts is an image, and the remaining parts are another.
   *
   * @return the images in the order in which they were first given, each with its files in the
   *     order of their contents; {@link MemoryImages#open} reports the missing parts of an
   *     incomplete set
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static List<List<Path>> group(List<Path> files) {
    return group(files, OpenOptions.defaults().withoutFoundSideFiles());
  }

  /**
   * Groups files as {@link #group(List)} does. Of an image of two files, memory and a file that
   * describes it, one may be given: the other is found next to it unless the options forbid that.
   *
   * @param options the options with which the images will be opened
   */
  public static List<List<Path>> group(List<Path> files, OpenOptions options) {
    return group(files, options, ImageGrouping::place);
  }

  /**
   * The same for a batch, in which a file that cannot be read is an image of its own: opening it
   * reports the error.
   */
  public static List<List<Path>> groupReadable(List<Path> files, OpenOptions options) {
    return group(
        files,
        options,
        file -> {
          try {
            return place(file);
          } catch (PagestreamException e) {
            return Optional.empty();
          }
        });
  }

  private static List<List<Path>> group(
      List<Path> files, OpenOptions options, Function<Path, Optional<ImagePart>> placing) {
    List<Group> groups = new ArrayList<>();
    boolean raw = options.format().filter("raw"::equals).isPresent();
    Map<Path, Path> companions = raw ? Map.of() : Companions.of(files, options.findSideFiles());
    Map<ByteBuffer, List<Part>> split = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      Optional<List<Path>> pair =
          companions.entrySet().stream()
              .filter(one -> one.getKey().equals(file) || one.getValue().equals(file))
              .map(one -> List.of(one.getKey(), one.getValue()))
              .findFirst();
      if (pair.isPresent()) {
        if (groups.stream().noneMatch(group -> group.files().equals(pair.get()))) {
          groups.add(new Group(i, pair.get()));
        }
        continue;
      }
      Optional<ImagePart> place = placing.apply(file);
      if (place.isPresent()) {
        split
            .computeIfAbsent(place.get().image(), image -> new ArrayList<>())
            .add(new Part(i, files.get(i), place.get()));
      } else {
        groups.add(new Group(i, List.of(files.get(i))));
      }
    }
    for (List<Part> parts : split.values()) {
      addSets(parts, groups);
    }
    return groups.stream().sorted(Comparator.comparingInt(Group::index)).map(Group::files).toList();
  }

  private static void addSets(List<Part> parts, List<Group> groups) {
    // An empty part precedes the one that begins at the same position.
    parts.sort(
        Comparator.comparingLong((Part part) -> part.place().start())
            .thenComparing(part -> part.place().end() > part.place().start()));
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

  /**
   * Parts that follow each other from the first position to the last; empty if there are none. If
   * the last position is not known, one part of each position.
   */
  private static List<Part> completeSet(List<Part> sorted) {
    List<Part> set = new ArrayList<>();
    boolean open = sorted.getFirst().place().limit() == ImagePart.UNKNOWN_LIMIT;
    long end = 0;
    for (Part part : sorted) {
      if (part.place().start() == end || (open && part.place().start() > end)) {
        set.add(part);
        end = part.place().end();
      }
    }
    boolean complete = open || (!set.isEmpty() && end == set.getFirst().place().limit());
    return complete ? set : List.of();
  }

  private static Optional<ImagePart> place(Path file) {
    try (ImageBytes beginning = Beginning.of(file)) {
      return ImageFormats.part(beginning);
    }
  }
}
