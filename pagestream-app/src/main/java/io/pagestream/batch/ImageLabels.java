package io.pagestream.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Labels that tell the images of a case apart: of each path the shortest end that no other path of
 * the batch has, and that is not a label of the case already. They depend only on the set of paths,
 * not on their order or on the number of threads.
 */
public final class ImageLabels {
  private ImageLabels() {}

  /**
   * The labels of images.
   *
   * @param files the first file of each image; the same file twice has the same label
   * @param taken labels of images that are in the case
   * @return the labels, in the order of the files
   */
  public static List<String> of(List<Path> files, Set<String> taken) {
    List<Path> absolute = files.stream().map(ImageLabels::absolute).toList();
    Map<Path, Integer> ends = new HashMap<>();
    for (Path path : new LinkedHashSet<>(absolute)) {
      for (int names = 1; names <= path.getNameCount(); names++) {
        ends.merge(end(path, names), 1, Integer::sum);
      }
    }
    Map<Path, String> labels = new HashMap<>();
    Set<String> used = new HashSet<>(taken);
    for (Path path : absolute.stream().distinct().sorted().toList()) {
      String label = label(path, ends, used);
      used.add(label);
      labels.put(path, label);
    }
    List<String> inOrder = new ArrayList<>();
    absolute.forEach(path -> inOrder.add(labels.getOrDefault(path, path.toString())));
    return inOrder;
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static String label(Path path, Map<Path, Integer> ends, Set<String> used) {
    for (int names = 1; names <= path.getNameCount(); names++) {
      Path end = end(path, names);
      if (ends.getOrDefault(end, 0) == 1 && !used.contains(text(end))) {
        return text(end);
      }
    }
    String whole = path.toString();
    String label = whole;
    for (int count = 2; used.contains(label); count++) {
      label = whole + "#" + count; // the file at this path has been replaced since
    }
    return label;
  }

  private static Path end(Path path, int names) {
    int count = path.getNameCount();
    return path.subpath(count - names, count);
  }

  /** The names with '/' between them, on every system. */
  private static String text(Path end) {
    List<String> names = new ArrayList<>();
    end.forEach(name -> names.add(name.toString()));
    return names.stream().collect(Collectors.joining("/"));
  }
}
