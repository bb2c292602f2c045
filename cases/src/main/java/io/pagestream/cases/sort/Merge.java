package io.pagestream.cases.sort;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several chunks as one sorted sequence of distinct findings. */
final class Merge implements Closeable {
  private final List<Chunk.Reader> readers = new ArrayList<>();
  private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::entry));
  private final Contradictions contradictions;
  private @Nullable FindingEntry last;

  private record Head(FindingEntry entry, Chunk.Reader reader) {}

  Merge(List<Chunk> chunks, Contradictions contradictions) throws IOException {
    this.contradictions = contradictions;
    try {
      for (Chunk chunk : chunks) {
        Chunk.Reader reader = new Chunk.Reader(chunk);
        readers.add(reader);
        advance(reader);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The next finding, or null at the end. */
  @Nullable FindingEntry next() throws IOException {
    for (Head head = heads.poll(); head != null; head = heads.poll()) {
      advance(head.reader());
      if (last == null || !last.isSameFinding(head.entry())) {
        last = head.entry();
        return last;
      }
      contradictions.compare(last, head.entry());
    }
    return null;
  }

  private void advance(Chunk.Reader reader) throws IOException {
    FindingEntry entry = reader.next();
    if (entry != null) {
      heads.add(new Head(entry, reader));
    }
  }

  @Override
  public void close() throws IOException {
    for (Chunk.Reader reader : readers) {
      reader.close();
    }
  }
}
