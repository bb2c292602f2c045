package io.pagestream.images;

import io.pagestream.images.container.Beginning;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Images of two files: memory without a header, and a file that describes it. */
final class Companions {
  private Companions() {}

  /**
   * Pairs files.
   *
   * @param find whether the missing file of a pair is searched for in the folder of the given one
   * @return the description of each memory file that has one; at least one of each pair was given
   */
  static Map<Path, Path> of(List<Path> files, boolean find) {
    List<Path> halves = files.stream().filter(ImageFormats::hasCompanion).toList();
    Set<Path> known = new LinkedHashSet<>(halves);
    if (find) {
      halves.forEach(file -> known.addAll(siblings(file)));
    }
    Map<Path, Path> pairs = new LinkedHashMap<>();
    for (Path memory : known) {
      for (Path description : known) {
        boolean wanted = files.contains(memory) || files.contains(description);
        if (wanted
            && ImageFormats.mayDescribe(description, memory)
            && !pairs.containsKey(memory)
            && !pairs.containsValue(description)
            && describes(description, memory)) {
          pairs.put(memory, description);
        }
      }
    }
    return pairs;
  }

  /** Files in the same folder that may belong to a file, by their names, sorted. */
  private static List<Path> siblings(Path file) {
    List<Path> siblings = new ArrayList<>();
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return siblings;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Path sibling = file.resolveSibling(entry.getFileName());
        boolean belongs =
            ImageFormats.mayDescribe(sibling, file) || ImageFormats.mayDescribe(file, sibling);
        if (belongs && Files.isRegularFile(sibling)) {
          siblings.add(sibling);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The folder cannot be listed: opening the file itself reports what is wrong with it.
      return siblings;
    }
    // A suspended machine (.vmss) comes before its snapshots (.vmsn).
    siblings.sort(Comparator.reverseOrder());
    return siblings;
  }

  private static boolean describes(Path description, Path memory) {
    try (ImageBytes beginning = Beginning.of(description)) {
      return ImageFormats.describes(description, beginning, memory);
    } catch (PagestreamException e) {
      // A file that cannot be opened describes nothing; if it was given, opening it says so.
      return false;
    }
  }
}
