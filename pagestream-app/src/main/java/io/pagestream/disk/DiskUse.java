package io.pagestream.disk;

import io.pagestream.cases.text.Quantities;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Disk usage of a job, in bytes by purpose.
 *
 * @param bytes bytes of each part; parts without usage may be missing
 */
record DiskUse(Map<Part, Long> bytes) {
  /** Purpose of the space. */
  enum Part {
    /** Kafka's records: pages in flight, and all findings until the job ends. */
    BROKER("broker records"),
    /** Sorted findings and verdicts, from which the case folder's files are written. */
    SORTED("sorted findings and verdicts"),
    /** Decompressed images. They have no name in any folder. */
    DECOMPRESSED("decompressed images"),
    /** Files of the case. */
    CASE("case files");

    private final String words;

    Part(String words) {
      this.words = words;
    }
  }

  /** Copies the map. */
  DiskUse {
    bytes = Map.copyOf(bytes);
  }

  /**
   * Measures a case folder.
   *
   * @param folder the case folder
   * @param scratch the job's folder for temporary files within it
   * @param decompressed bytes of decompressed images, which no folder shows
   * @throws IOException if a folder cannot be read
   */
  static DiskUse measure(Path folder, Path scratch, long decompressed) throws IOException {
    Map<Part, Long> bytes = new EnumMap<>(Part.class);
    bytes.put(Part.DECOMPRESSED, decompressed);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isSparseIndex(file)) {
              bytes.merge(part(scratch, file), attributes.size(), Long::sum);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it has been deleted in the meantime
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return new DiskUse(bytes);
  }

  private static Part part(Path scratch, Path file) {
    if (!file.startsWith(scratch)) {
      return Part.CASE;
    }
    return scratch.relativize(file).getNameCount() == 1 ? Part.SORTED : Part.BROKER;
  }

  /** Kafka allocates indexes at their maximum length, and fills them later if at all. */
  private static boolean isSparseIndex(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".index") || name.endsWith(".timeindex");
  }

  long of(Part part) {
    return bytes.getOrDefault(part, 0L);
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The largest parts first: {@code broker records 1.2 GiB, case files 3 MiB}. */
  String words() {
    return bytes.entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(part -> part.getKey().words + " " + Quantities.bytes(part.getValue()))
        .collect(Collectors.joining(", "));
  }
}
