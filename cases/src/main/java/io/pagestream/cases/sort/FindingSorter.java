package io.pagestream.cases.sort;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sorts any number of findings in bounded memory: one chunk is in memory, full ones are temporary
 * files, and {@link #FAN_IN} files of one level are merged into one of the next, so that few files
 * are open and a finding is rewritten once per level.
 */
public final class FindingSorter implements AutoCloseable {
  /** Default maximum number of findings in memory. */
  public static final int CHUNK_FINDINGS = 50_000;

  /** Maximum number of bytes of findings in memory: long contexts must not make a chunk large. */
  private static final long CHUNK_BYTES = 32L * 1024 * 1024;

  private static final int FAN_IN = 64;

  private final Path directory;
  private final String name;
  private final int chunkFindings;
  private final int images;
  private final List<FindingEntry> chunk = new ArrayList<>();
  private final List<List<Chunk>> levels = new ArrayList<>();
  private final Contradictions contradictions = new Contradictions();
  private long chunkBytes;
  private long files;
  private long received;

  /**
   * A sorter.
   *
   * @param directory an existing dedicated directory for temporary files
   * @param images number of images of the case that are known from the start
   * @param chunkFindings maximum number of findings in memory
   */
  public FindingSorter(Path directory, int images, int chunkFindings) {
    this(directory, "findings", images, chunkFindings);
  }

  private FindingSorter(Path directory, String name, int images, int chunkFindings) {
    this.directory = directory;
    this.name = name;
    this.images = images;
    this.chunkFindings = chunkFindings;
  }

  /**
   * A sorter of the findings of one image, next to those of other images.
   *
   * @param directory an existing dedicated directory for temporary files
   * @param name prefix of their names, unique among the sorters of the directory
   * @param chunkFindings maximum number of findings in memory
   */
  public static FindingSorter ofImage(Path directory, String name, int chunkFindings) {
    return new FindingSorter(directory, name, 1, chunkFindings);
  }

  /**
   * Adds a finding.
   *
   * @param image position of its image among those of the case
   * @param finding the finding
   * @param encoded its bytes as received, which are kept
   * @throws io.pagestream.schemas.error.PagestreamException if it is invalid, or if the temporary
   *     files cannot be written
   */
  public void add(int image, Finding finding, byte[] encoded) {
    chunk.add(FindingEntry.of(image, finding, encoded));
    chunkBytes += encoded.length;
    received++;
    if (chunk.size() >= chunkFindings || chunkBytes >= CHUNK_BYTES) {
      Scratch.run(this::spill);
    }
  }

  /** Findings in memory. */
  public int inMemory() {
    return chunk.size();
  }

  /** Writes the findings in memory to a temporary file. */
  public void release() {
    Scratch.run(this::spill);
  }

  /** Findings added so far, including copies. */
  public long received() {
    return received;
  }

  /**
   * A finding that arrived twice with the same id but different content.
   *
   * @param image position of its image among those of the case
   * @param address address in its address space, in bytes
   * @param kind kind
   */
  public record Contradiction(int image, long address, String kind) {
    /** Whether the address may be physical: those of a kernel are negative. */
    public boolean mayBePhysical() {
      return address >= 0 && address < Pages.ADDRESS_LIMIT;
    }
  }

  /** The first contradictory findings; available after they have been {@link #sorted}. */
  public List<Contradiction> contradictions() {
    return contradictions.entries().stream()
        .map(entry -> new Contradiction(entry.image(), entry.address(), entry.kind()))
        .toList();
  }

  /** All findings so far, sorted and distinct; requires a pass over all of them. */
  public SortedFindings sorted() {
    List<SortedMap<String, Long>> byKind = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      byKind.add(new TreeMap<>());
    }
    List<Chunk> all = new ArrayList<>();
    Scratch.run(() -> {
      spill();
      levels.forEach(all::addAll);
      Chunk merged =
          merge(all, entry -> byKind.get(entry.image()).merge(entry.kind(), 1L, Long::sum));
      levels.clear();
      all.clear();
      all.add(merged);
      level(0).add(merged);
    });
    return new SortedFindings(all, byKind);
  }

  private void spill() throws IOException {
    if (chunk.isEmpty()) {
      return;
    }
    chunk.sort(null);
    try (Chunk.Writer writer = new Chunk.Writer(nextFile())) {
      for (int i = 0; i < chunk.size(); i++) {
        if (i == 0 || !chunk.get(i).isSameFinding(chunk.get(i - 1))) {
          writer.write(chunk.get(i));
        } else {
          contradictions.compare(chunk.get(i - 1), chunk.get(i));
        }
      }
      level(0).add(writer.finish());
    }
    chunk.clear();
    chunkBytes = 0;
    for (int level = 0; level < levels.size() && level(level).size() >= FAN_IN; level++) {
      Chunk merged = merge(level(level), entry -> {});
      level(level).clear();
      level(level + 1).add(merged);
    }
  }

  /** Receives each entry of a merge. */
  @FunctionalInterface
  private interface EntryVisitor {
    void visit(FindingEntry entry);
  }

  /** Merges chunks into a new one and deletes them. */
  private Chunk merge(List<Chunk> chunks, EntryVisitor visitor) throws IOException {
    Chunk merged;
    try (Merge merge = new Merge(chunks, contradictions);
        Chunk.Writer writer = new Chunk.Writer(nextFile())) {
      for (FindingEntry entry = merge.next(); entry != null; entry = merge.next()) {
        visitor.visit(entry);
        writer.write(entry);
      }
      merged = writer.finish();
    }
    for (Chunk old : chunks) {
      Files.delete(old.file());
    }
    return merged;
  }

  private List<Chunk> level(int level) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    return levels.get(level);
  }

  private Path nextFile() {
    return directory.resolve(name + "-" + files++);
  }

  /** Deletes the temporary files. */
  @Override
  public void close() {
    Scratch.run(() -> {
      for (List<Chunk> level : levels) {
        for (Chunk old : level) {
          Files.deleteIfExists(old.file());
        }
      }
    });
    levels.clear();
    chunk.clear();
  }
}
