package io.pagestream.cases.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds an image's files in the folders that the user named. Only the file name in the case is
 * used, without its folders, so that a hostile manifest cannot lead to other files.
 *
 * @param folders folders to search, in this order
 * @param caseFolder the folder among them that may come from another person: links in it are not
 *     followed
 */
public record ImageFiles(List<Path> folders, Optional<Path> caseFolder) {
  /** Folders that all belong to the user. */
  public ImageFiles(List<Path> folders) {
    this(folders, Optional.empty());
  }

  /** Copies its list. */
  public ImageFiles {
    folders = List.copyOf(folders);
  }

  /**
   * A file as described in the case.
   *
   * @param name its name, without a folder
   * @param sizeBytes its size
   * @param path where it was when the image was analyzed; empty if it is not known
   * @param label label of its image, which may be the end of the path
   */
  public record Wanted(String name, long sizeBytes, String path, String label) {
    /** A file of which only name and size are known. */
    public Wanted(String name, long sizeBytes) {
      this(name, sizeBytes, "", "");
    }
  }

  /** All files of an image; empty if one is missing, has a different size, or is ambiguous. */
  public Optional<List<Path>> find(List<Wanted> wanted) {
    List<Path> found = new ArrayList<>();
    for (Wanted one : wanted) {
      Optional<Path> file = find(one);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      found.add(file.get());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /**
   * Images of different machines often have the same name and size. Of several such files, the one
   * at the recorded path is used, otherwise the one whose path ends like the label; a file is never
   * chosen by chance.
   */
  private Optional<Path> find(Wanted wanted) {
    String name = wanted.name();
    if (name.isEmpty() || name.equals("..") || name.chars().anyMatch(c -> c == '/' || c == '\0')) {
      return Optional.empty();
    }
    Set<Path> candidates = new LinkedHashSet<>();
    for (Path folder : folders) {
      Path labelled =
          caseFolder.filter(folder::equals).isPresent()
              ? folder.resolve(name) // its subfolders may be links of another person
              : below(folder, wanted);
      for (Path file : List.of(folder.resolve(name), labelled)) {
        if (is(file, wanted.sizeBytes())) {
          candidates.add(file.toAbsolutePath().normalize());
        }
      }
    }
    if (candidates.size() <= 1) {
      return candidates.stream().findFirst();
    }
    return only(candidates, file -> file.toString().equals(wanted.path()))
        .or(() -> only(candidates, file -> ends(file, wanted.label())));
  }

  private static Optional<Path> only(Set<Path> candidates, Predicate<Path> like) {
    List<Path> found = candidates.stream().filter(like).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean ends(Path file, String label) {
    return !label.isEmpty() && ("/" + file).replace('\\', '/').endsWith("/" + label);
  }

  /** The file below a folder as its label says, {@code host1/memory.raw}, but never outside. */
  private static Path below(Path folder, Wanted wanted) {
    String label = wanted.label();
    boolean plain =
        label.endsWith("/" + wanted.name())
            && !label.startsWith("/")
            && label.chars().noneMatch(c -> c == '\0' || c == '\\')
            && List.of(label.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    return folder.resolve(plain ? label : wanted.name());
  }

  private boolean is(Path file, long sizeBytes) {
    if (caseFolder.isPresent()
        && caseFolder.get().equals(file.getParent())
        && Files.isSymbolicLink(file)) {
      return false;
    }
    try {
      return Files.isRegularFile(file) && Files.size(file) == sizeBytes;
    } catch (IOException e) {
      return false; // treated as missing
    }
  }
}
