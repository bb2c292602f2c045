package io.pagestream.images.rangesource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sidecars by kind.
 *
 * @param files files of each kind, in the order in which they were given
 */
public record SideFiles(Map<SideFileKind, List<Path>> files) {
  /** None. */
  public static final SideFiles NONE = new SideFiles(Map.of());

  /** Copies the collections. */
  public SideFiles {
    Map<SideFileKind, List<Path>> copy = new EnumMap<>(SideFileKind.class);
    files.forEach((kind, paths) -> copy.put(kind, List.copyOf(paths)));
    files = Map.copyOf(copy);
  }

  /** Files of one kind; may be empty. */
  public List<Path> of(SideFileKind kind) {
    return files.getOrDefault(kind, List.of());
  }

  /** The first file of one kind. */
  public Optional<Path> first(SideFileKind kind) {
    return of(kind).stream().findFirst();
  }

  /** The same with an additional file. */
  public SideFiles with(SideFileKind kind, Path file) {
    Map<SideFileKind, List<Path>> more = new EnumMap<>(SideFileKind.class);
    more.putAll(files);
    List<Path> paths = new ArrayList<>(of(kind));
    paths.add(file);
    more.put(kind, paths);
    return new SideFiles(more);
  }

  /** Combines these and others. */
  public SideFiles and(SideFiles others) {
    Map<SideFileKind, List<Path>> all = new EnumMap<>(SideFileKind.class);
    for (SideFileKind kind : SideFileKind.values()) {
      List<Path> paths = new ArrayList<>(of(kind));
      paths.addAll(others.of(kind));
      all.put(kind, paths);
    }
    return new SideFiles(all);
  }

  /** The same without one file. */
  public SideFiles without(Path file) {
    Map<SideFileKind, List<Path>> rest = new EnumMap<>(SideFileKind.class);
    files.forEach((kind, paths) ->
        rest.put(kind, paths.stream().filter(path -> !path.equals(file)).toList()));
    return new SideFiles(rest);
  }

  /** All files with their kinds, in the order of the kinds. */
  public List<Map.Entry<SideFileKind, Path>> all() {
    List<Map.Entry<SideFileKind, Path>> all = new ArrayList<>();
    for (SideFileKind kind : SideFileKind.values()) {
      of(kind).forEach(path -> all.add(Map.entry(kind, path)));
    }
    return all;
  }

  /**
   * For each kind that was not given, the files that are next to an image by their names.
   *
   * @param image the image's first file
   * @param wrappings number of compression and container layers: as many extensions may be missing
   *     from the name
   */
  public SideFiles beside(Path image, int wrappings) {
    Map<SideFileKind, List<Path>> found = new EnumMap<>(SideFileKind.class);
    for (SideFileKind kind : SideFileKind.values()) {
      found.put(kind, of(kind).isEmpty() ? beside(kind, image, wrappings) : List.of());
    }
    return new SideFiles(found);
  }

  private static List<Path> beside(SideFileKind kind, Path image, int wrappings) {
    List<Path> found = new ArrayList<>();
    for (String ending : kind.endings()) {
      beside(image, wrappings, ending).ifPresent(found::add);
    }
    return found;
  }

  /**
   * {@code IMAGE.ending} next to the image, if there is one. For a compressed image, {@code IMAGE}
   * may also be its name without the extension of each layer, as after decompression.
   */
  private static Optional<Path> beside(Path image, int wrappings, String ending) {
    String name = String.valueOf(image.getFileName());
    for (int i = 0; i <= wrappings && !name.isEmpty(); i++) {
      Path file = image.resolveSibling(name + "." + ending);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
      name = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    }
    return Optional.empty();
  }
}
