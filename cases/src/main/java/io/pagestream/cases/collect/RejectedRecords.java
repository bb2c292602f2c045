package io.pagestream.cases.collect;

import io.pagestream.cases.text.HostileText;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records that a reader of the topics rejects, and dead letters of the stages that belong to no
 * image of the case: each once, the first {@link #MOST} with all that is known of them. Belongs to
 * one thread.
 */
public final class RejectedRecords {
  /** Reason of a record that is none of ours, or contradicts itself or another. */
  public static final String REJECTED = "record-rejected";

  /** Reason of a finding whose id does not match its content, or that cannot be a finding. */
  public static final String FORGED = "finding-rejected";

  private static final int MOST_LINE = 300;

  /** Records that are listed one by one. */
  public static final int MOST = 10_000;

  private final List<DeadLetter> letters = new ArrayList<>();
  private final Set<String> sources = new HashSet<>();
  private long count;

  /**
   * Notes a record that was read and rejected.
   *
   * @param message what is wrong with it, one sentence
   */
  public void add(ConsumerRecord<byte[], byte[]> record, String reason, String message) {
    Stage writer =
        record.topic().endsWith(Topics.FINDINGS.id())
            ? Stage.ANALYZERS
            : record.topic().endsWith(Topics.VERDICTS.id()) ? Stage.MAPPER : Stage.PRODUCER;
    add(DeadLetter.of(writer, ErrorCode.RECORD_CORRUPT, reason, message, place(record)));
  }

  /** Notes a dead letter, unless its record is noted already. */
  public void add(DeadLetter letter) {
    if (sources.size() >= MOST) {
      count++;
    } else if (sources.add(letter.source())) {
      count++;
      letters.add(letter);
    }
  }

  /** Where a record lies: {@code topic/partition/offset}. */
  public static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + '/' + record.partition() + '/' + record.offset();
  }

  /** All of them, also those that are not listed. */
  public long count() {
    return count;
  }

  /** The first ones. */
  public List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  /**
   * Lines for people: the first few by place, and how many more there are; empty if there are none.
   *
   * @param most records that are named
   */
  public List<String> lines(int most) {
    List<String> lines = new ArrayList<>();
    letters.stream()
        .limit(most)
        .forEach(letter ->
            lines.add(
                HostileText.printable(
                    "rejected " + letter.source() + ": " + letter.message(), MOST_LINE)));
    if (count > lines.size()) {
      lines.add("%d more records were rejected".formatted(count - lines.size()));
    }
    return lines;
  }

  /** What they mean for a case, as a short list. */
  public static List<Doubt> doubts(List<DeadLetter> letters) {
    return DoubtList.of(
        letters.stream()
            .map(letter -> {
              String reason = letter.reason().equals(FORGED) ? FORGED : REJECTED;
              return new Doubt(reason, 0L, 0L, letter.source() + ": " + letter.message());
            })
            .toList());
  }
}
