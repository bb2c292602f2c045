package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The compacted receipts of a partition are the same after any sequence of crashes and replays. */
class ReceiptBookReplayTest {

  /** One record of the partition: a run, sound or dead, or the image's end. */
  private record Event(long runIndex, boolean dead) {
    static final Event END = new Event(-1, false);
  }

  @Property(tries = 400)
  void crashes_and_replays_leave_the_same_receipts(
      @ForAll @IntRange(min = 1, max = 40) int runCount,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock,
      @ForAll long seed) {
    Random random = new Random(seed);
    ImageManifest manifest = Receipts.manifest(runCount, runsPerBlock);
    List<Event> log = log(runCount, random);

    assertThat(withCrashes(manifest, log, random)).isEqualTo(withoutCrashes(manifest, log));
  }

  @Property(tries = 200)
  void the_order_of_the_runs_does_not_matter(
      @ForAll @IntRange(min = 1, max = 40) int runCount,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock,
      @ForAll long seed) {
    Random random = new Random(seed);
    ImageManifest manifest = Receipts.manifest(runCount, runsPerBlock);
    List<Event> log = log(runCount, random);
    List<Event> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled.subList(0, shuffled.size() - 1), random);

    assertThat(withCrashes(manifest, shuffled, random)).isEqualTo(withoutCrashes(manifest, log));
  }

  @Property(tries = 200)
  void every_run_is_counted_once_and_only_once(
      @ForAll @IntRange(min = 1, max = 40) int runCount,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock,
      @ForAll long seed) {
    Random random = new Random(seed);
    ImageManifest manifest = Receipts.manifest(runCount, runsPerBlock);
    List<Event> log = new ArrayList<>();
    for (long run = 0; run < runCount; run++) {
      log.add(new Event(run, false));
    }
    log.add(Event.END);

    Map<Long, RunReceipt> receipts = withCrashes(manifest, log, random);

    assertThat(receipts.values().stream().mapToLong(RunReceipt::getRuns).sum()).isEqualTo(runCount);
    assertThat(receipts.values().stream().mapToLong(RunReceipt::getPageCount).sum())
        .isEqualTo(Receipts.pages(runCount));
    assertThat(receipts.values())
        .allSatisfy(r -> assertThat(PageTotals.sum(r.getCounts())).isEqualTo(r.getPageCount()));
  }

  private static List<Event> log(int runCount, Random random) {
    List<Event> log = new ArrayList<>();
    for (long run = 0; run < runCount; run++) {
      int fate = random.nextInt(10);
      if (fate > 0) { // otherwise the run never arrives
        log.add(new Event(run, fate == 1));
      }
    }
    log.add(Event.END);
    return log;
  }

  private static Map<Long, RunReceipt> withoutCrashes(ImageManifest manifest, List<Event> log) {
    Map<Long, RunReceipt> topic = new TreeMap<>();
    ReceiptBook book = new ReceiptBook(Stage.MAPPER, new CrashingReceiptStore());
    log.forEach(event -> handle(book, manifest, event).forEach(r -> topic.put(r.getBlock(), r)));
    return topic;
  }

  private static Map<Long, RunReceipt> withCrashes(
      ImageManifest manifest, List<Event> log, Random random) {
    Map<Long, RunReceipt> topic = new TreeMap<>();
    List<RunReceipt> inFlight = new ArrayList<>();
    CrashingReceiptStore store = new CrashingReceiptStore();
    int committed = 0;
    int position = 0;
    int crashesLeft = 12;
    while (committed < log.size()) {
      if (position < log.size()) {
        inFlight.addAll(handle(new ReceiptBook(Stage.MAPPER, store), manifest, log.get(position)));
        position++;
      }
      int fate = random.nextInt(8);
      if (fate == 0 || (position == log.size() && fate < 4)) {
        inFlight.forEach(r -> topic.put(r.getBlock(), r));
        inFlight.clear();
        store.commit();
        committed = position;
      } else if (fate == 7 && crashesLeft-- > 0) {
        // Any of the records in flight may have reached the broker.
        inFlight.stream()
            .filter(r -> random.nextBoolean())
            .forEach(r -> topic.put(r.getBlock(), r));
        inFlight.clear();
        store.crash(random);
        position = committed;
      }
    }
    return topic;
  }

  private static List<RunReceipt> handle(ReceiptBook book, ImageManifest manifest, Event event) {
    if (event.equals(Event.END)) {
      return book.close(manifest.getImageId());
    }
    @Nullable RunReceipt receipt =
        event.dead()
            ? book.skip(manifest, event.runIndex())
            : book.count(
                manifest, Receipts.run(event.runIndex()), Receipts.outcome(event.runIndex()));
    return receipt == null ? List.of() : List.of(receipt);
  }
}
