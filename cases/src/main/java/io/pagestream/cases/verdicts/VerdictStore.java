package io.pagestream.cases.verdicts;

import io.pagestream.cases.sort.Scratch;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.JudgedRunRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The verdict records of one image, which arrive in any order and any number of times, in temporary
 * files. The first record of a run is kept: the mapper is deterministic, so a different one is
 * counted as a contradiction. Confined to one thread.
 */
public final class VerdictStore implements AutoCloseable {
  private final Path directory;
  private final String name;
  private final RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
  private final VerdictTotals totals = new VerdictTotals();
  private @Nullable Kept files;
  private @Nullable ImageManifest manifest;
  private @Nullable PageStreamRecord reuse;
  private long impossible;
  private long contradictions;

  /** The temporary files, created with the first record. */
  private record Kept(RunLog log, RunIndex index) {}

  /**
   * An empty store.
   *
   * @param directory an existing directory for temporary files
   * @param name prefix of their names, unique to this store
   */
  public VerdictStore(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /** Sets the image's manifest, which is needed to check whether runs are possible. */
  public void manifest(ImageManifest news) {
    boolean first = manifest == null;
    manifest = news;
    if (first && files != null) {
      Kept kept = files;
      Scratch.run(() -> indexEarly(kept, news));
    }
  }

  /** Indexes the records that arrived before the manifest. */
  private void indexEarly(Kept kept, ImageManifest known) throws IOException {
    kept.log().flush();
    for (long place = 0; place < kept.log().size(); ) {
      byte[] encoded = kept.log().read(place);
      PageStreamRecord record = codec.decode(encoded, reuse);
      reuse = record;
      if (record.getBody() instanceof PageRun run) {
        try {
          JudgedRunRules.check(known, run);
          if (!count(kept, run, place)) {
            compare(kept, run.getRunIndex(), encoded);
          }
        } catch (PagestreamException e) {
          impossible++; // it was stored before it could be checked
        }
      }
      place += Integer.BYTES + encoded.length;
    }
  }

  /**
   * Adds a record.
   *
   * @param run the run in it
   * @param encoded its bytes as received
   * @return whether it contains new information
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it is invalid, {@link
   *     ErrorCode#DISK_FULL} if the temporary files cannot be written
   */
  public boolean add(PageRun run, byte[] encoded) {
    ImageManifest known = manifest;
    if (known != null) {
      JudgedRunRules.check(known, run);
    }
    boolean[] news = {true};
    Scratch.run(() -> {
      Kept kept = files();
      if (known == null) {
        kept.log().append(encoded);
      } else if (count(kept, run, kept.log().size())) {
        kept.log().append(encoded);
      } else {
        compare(kept, run.getRunIndex(), encoded);
        news[0] = false;
      }
    });
    return news[0];
  }

  /** Compares another record of a run with the stored one. */
  private void compare(Kept kept, long run, byte[] encoded) throws IOException {
    kept.log().flush();
    if (!Arrays.equals(kept.log().read(kept.index().placeOf(run)), encoded)) {
      contradictions++;
    }
  }

  private boolean count(Kept kept, PageRun run, long place) throws IOException {
    boolean first = kept.index().putIfAbsent(run.getRunIndex(), place);
    if (first) {
      totals.add(run);
    }
    return first;
  }

  private Kept files() throws IOException {
    if (files == null) {
      files =
          new Kept(
              new RunLog(directory.resolve(name + ".log")),
              new RunIndex(directory.resolve(name + ".index")));
    }
    return files;
  }

  /** The totals of the records, with each run counted once. */
  public VerdictTotals totals() {
    return totals;
  }

  /** Number of records that contradict an earlier one of the same run, which is kept. */
  public long contradictions() {
    return contradictions;
  }

  /** Number of records that arrived before the manifest and contradict it. */
  public long impossible() {
    return impossible;
  }

  /**
   * Delivers the image's pages by address as the longest spans with equal facts.
   *
   * @throws PagestreamException if a temporary file cannot be read
   */
  public void forEachSpan(Consumer<PageSpan> receiver) {
    forEachSpan(run -> true, receiver);
  }

  /**
   * The same, with the outcome of each run after the mapper.
   *
   * @param analyzed whether a run, by its index, reached the analyzers and not all of them failed
   */
  public void forEachSpan(LongPredicate analyzed, Consumer<PageSpan> receiver) {
    SpanJoiner joiner = new SpanJoiner(receiver);
    forEachRun(run -> RunSpans.forEach(run, !analyzed.test(run.getRunIndex()), joiner::add));
    joiner.end();
  }

  /** Delivers the run of each record, by index; the receiver must not keep them. */
  public void forEachRun(Consumer<PageRun> receiver) {
    if (files != null) {
      Kept kept = files;
      Scratch.run(() -> {
        kept.log().flush();
        kept.index()
            .forEach(place -> {
              PageStreamRecord record = codec.decode(kept.log().read(place), reuse);
              reuse = record;
              receiver.accept((PageRun) record.getBody());
            });
      });
    }
  }

  /** Deletes the temporary files. */
  @Override
  public void close() {
    if (files != null) {
      Kept kept = files;
      files = null;
      Scratch.run(() -> {
        kept.log().close();
        kept.index().close();
      });
    }
  }
}
